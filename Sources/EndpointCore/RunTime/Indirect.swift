/// A value that is stored elsewhere, so that a type can have itself for a part.
@_spi(Generated) public indirect enum Indirect<Value: Sendable & Equatable>: Sendable, Equatable {
    case stored(Value)

    /// Stores a value.
    public init(_ value: Value) { self = .stored(value) }

    /// The value.
    public var value: Value {
        switch self {
        case .stored(let value): value
        }
    }
}
