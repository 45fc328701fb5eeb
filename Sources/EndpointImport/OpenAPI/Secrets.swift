import EndpointCore
import EndpointSpec

/// Names of values that nobody else should see.
enum Secrets {
    /// Whether a parameter or a field of this name holds one.
    static func isSecret(_ name: String) -> Bool {
        let words = SwiftName.lowerCamel(name).lowercased()
        return ["authorization", "password", "apikey", "clientsecret", "accesstoken", "refreshtoken", "secret"]
            .contains { words.hasSuffix($0) }
    }
}
