/// Calls that are made of examples. Generated code puts those of deprecated endpoints into such a type, because a call of what
/// is deprecated is a warning unless it is made through a protocol.
public protocol ContractCalls {
    /// Checks every call.
    ///
    /// - Parameter check: Compares a call with its example.
    /// - Throws: What stops the check; differences are collected in `check`.
    static func checkAll(_ check: ContractCheck) async throws
}
