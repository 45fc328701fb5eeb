extension Nullable: ParameterValue where Wrapped: ParameterValue {
    /// Null or the value.
    public var parameterContent: ParameterContent {
        switch self {
        case .null: .json(.null)
        case .value(let value): value.parameterContent
        }
    }
}
