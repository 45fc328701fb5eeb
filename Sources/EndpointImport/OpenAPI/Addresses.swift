import EndpointCore
import EndpointSpec

/// The base URL and the paths where operations have servers of their own.
struct Addresses {
    private var address: ServiceReader.Address

    /// - Parameters:
    ///   - address: The document's own.
    ///   - operations: The operations. Where all of them go elsewhere, that is the service's address.
    init(_ address: ServiceReader.Address, _ operations: [OperationDraft]) {
        self.address = address
        let servers = operations.map(\.server)
        guard let first = servers.first ?? nil, WebAddress.isBase(first), first.hasPrefix("https://"),
            servers.allSatisfy({ $0 == first })
        else { return }
        self.address = ServiceReader.Address(keywords: ["baseURL": .string(first)], base: first)
    }

    /// Counts all paths from one base URL; what goes to another host is a problem of its operation.
    func applied(to operations: inout [OperationDraft]) -> JSONObject {
        let (origin, path) = Self.split(address.base)
        var keywords = address.keywords
        var common = path
        for operation in operations {
            guard let server = operation.server, let own = Self.path(of: server, at: origin) else { continue }
            common = Self.commonPath(common, own)
        }
        for index in operations.indices {
            let server = operations[index].server
            guard let own = server.map({ Self.path(of: $0, at: origin) }) ?? path else {
                operations[index].problems.append(
                    (
                        operations[index].position,
                        "the call goes to another host (\(server ?? "")); import such operations by themselves, with --operations"
                    ))
                continue
            }
            operations[index].path = own.dropFirst(common.count) + operations[index].path
        }
        if common != path, let text = keywords["baseURL"]?.string {
            keywords["baseURL"] = .string(String(text.dropLast(path.count - common.count)))
        }
        return keywords
    }

    /// Scheme, host and port, and the path behind them.
    private static func split(_ address: String) -> (origin: String, path: String) {
        guard let scheme = address.firstRange(of: "://") else { return ("", address) }
        let end = address[scheme.upperBound...].firstIndex(of: "/") ?? address.endIndex
        return (String(address[..<end]), String(address[end...]))
    }

    /// The path of a server at an origin; nil for one at another.
    private static func path(of server: String, at origin: String) -> String? {
        if server.isEmpty || server.hasPrefix("/") { return server }
        let (own, path) = split(server)
        return own.lowercased() == origin.lowercased() ? path : nil
    }

    private static func commonPath(_ left: String, _ right: String) -> String {
        let left = left.split(separator: "/")
        let right = right.split(separator: "/")
        let common = zip(left, right).prefix { $0 == $1 }.map { $0.0 }
        return common.map { "/" + $0 }.joined()
    }
}
