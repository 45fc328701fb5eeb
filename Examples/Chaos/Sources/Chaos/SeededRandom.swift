/// Numbers that depend on a seed and on what they are for, so that one call's fate does not depend on when it runs.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, _ salts: UInt64...) {
        state = seed
        for salt in salts { state = Self.mix(state &+ Self.mix(salt)) }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// True in so many of a hundred cases.
    mutating func percent(_ share: Int) -> Bool { Int.random(in: 0..<100, using: &self) < share }

    /// The finaliser of SplitMix64.
    private static func mix(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
