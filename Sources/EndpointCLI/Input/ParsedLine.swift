/// The parts of a command line: words, and options with their values, each in order.
struct ParsedLine: Sendable, Hashable {
    struct Option: Sendable, Hashable {
        var name: String
        /// Empty for a flag.
        var value: String
    }

    var words: [String] = []
    var options: [Option] = []

    func has(_ name: String) -> Bool { options.contains { $0.name == name } }
    func values(_ name: String) -> [String] { options.filter { $0.name == name }.map(\.value) }
    func value(_ name: String) -> String? { options.last { $0.name == name }?.value }
}
