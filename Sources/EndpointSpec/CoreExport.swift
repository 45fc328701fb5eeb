// The one import of EndpointCore: the build plugin compiles all but this file as one module with the sources of EndpointCore.
@_exported import EndpointCore
