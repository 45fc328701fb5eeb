/// A service with its endpoints as a value: what a terminal program, a registry or a simulator takes.
///
/// Generated modules offer theirs as a static member named after the target.
public struct EndpointModule: Sendable {
    /// The module's name, such as the target's.
    public var name: String
    /// The specs, as one JSON object from file name to content; `service.json` among them.
    public var specs: String
    private var origin: Origin

    private indirect enum Origin: Sendable {
        case own(Service)
        case extending(EndpointModule)
    }

    /// A module with a service of its own.
    ///
    /// - Parameters:
    ///   - name: The module's name.
    ///   - service: The service that the endpoints belong to.
    ///   - specs: The specs, as one JSON object from file name to content.
    public init(name: String, service: Service, specs: String) {
        self.name = name
        self.specs = specs
        origin = .own(service)
    }

    /// A module with further endpoints of another one's service.
    ///
    /// - Parameters:
    ///   - name: The module's name.
    ///   - specs: The specs, as one JSON object from file name to content.
    ///   - base: The module that is extended.
    public init(name: String, specs: String, extending base: EndpointModule) {
        self.name = name
        self.specs = specs
        origin = .extending(base)
    }

    /// The service that the endpoints belong to; an extension's is that of the module it extends.
    public var service: Service {
        get {
            switch origin {
            case .own(let service): service
            case .extending(let base): base.service
            }
        }
        set {
            switch origin {
            case .own: origin = .own(newValue)
            case .extending(var base):
                base.service = newValue
                origin = .extending(base)
            }
        }
    }

    /// The module that this one extends; nil for a service of its own.
    public var base: EndpointModule? {
        if case .extending(let base) = origin { base } else { nil }
    }
}
