// Generated code and its callers import EndpointKit alone: the values that specs mean come with it.
@_spi(Generated) @_exported import EndpointCore
