// The one import of EndpointSpec: the build plugin compiles all but this file as one module with the sources of EndpointSpec.
@_exported import EndpointSpec
