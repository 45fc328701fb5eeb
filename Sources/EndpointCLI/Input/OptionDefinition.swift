/// An option of a command.
struct OptionDefinition: Sendable, Hashable {
    enum Form: Sendable, Hashable {
        /// Takes no value.
        case flag
        /// `--name VALUE` or `--name=VALUE`.
        case value
        /// `--name`, `--no-name`, or `--name true|false`.
        case boolean
    }

    /// Without the dashes.
    var name: String
    var form: Form
    var isRepeatable = false
}
