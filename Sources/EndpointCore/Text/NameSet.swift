/// Names that are looked up: few are compared one by one, which is faster, and many are found at once.
struct NameSet {
    private let few: [String]
    private let many: Set<String>
    private static let small = 16

    init(_ names: [String]) {
        few = names.count > Self.small ? [] : names
        many = names.count > Self.small ? Set(names) : []
    }

    func contains(_ name: String) -> Bool { few.contains(name) || many.contains(name) }
}
