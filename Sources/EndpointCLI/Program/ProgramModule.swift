import EndpointDynamic
import EndpointKit

/// A module of a program: compiled in, or of a folder that the command line names. A class, so that each of its commands does
/// not hold a copy of the service.
@dynamicMemberLookup
final class ProgramModule: Sendable {
    let module: DynamicModule
    /// The folder that the specs were read from; nil if they were compiled in.
    let folder: String?
    /// Whether calls may use a credential and the environment. Specs of a folder say where a request goes, so a folder from
    /// somewhere else could have a token sent anywhere.
    let isTrusted: Bool
    /// The service that the endpoints belong to. Without trust it names no environment variable.
    let service: Service

    /// A module that was compiled in.
    convenience init(_ module: DynamicModule) {
        self.init(module, folder: nil, isTrusted: true)
    }

    init(_ module: DynamicModule, folder: String?, isTrusted: Bool) {
        self.module = module
        self.folder = folder
        self.isTrusted = isTrusted
        var service = module.service
        if !isTrusted { service.environment = EnvironmentNames() }
        self.service = service
    }

    subscript<Value>(dynamicMember keyPath: KeyPath<DynamicModule, Value>) -> Value { module[keyPath: keyPath] }
}
