extension Schema {
    /// Visits the pairs of name and text that an encoded value becomes in a query or in a form. Null becomes none.
    ///
    /// An array repeats the name. With ``Encoding/Style/deepObject`` the fields of an object stand in brackets, `size[width]`,
    /// and so does the index of each object in an array, `lines[0][count]`, since fields of one name could not be told apart.
    ///
    /// - Parameters:
    ///   - name: The parameter's name.
    ///   - value: The value, encoded.
    ///   - visit: Receives each pair, in order, before percent-encoding.
    public func forEachPair(_ name: String, _ value: JSONValue, _ visit: (_ name: String, _ text: String) -> Void) {
        let style = isReference ? resolved.encoding.style : encoding.style
        Self.forEachPair(name, value, isDeep: style == .deepObject, visit)
    }

    private static func forEachPair(
        _ name: String, _ value: JSONValue, isDeep: Bool, _ visit: (_ name: String, _ text: String) -> Void
    ) {
        switch value {
        case .null: break
        case .array(let items):
            for (index, item) in items.enumerated() {
                let isObject = isDeep && item.object != nil
                forEachPair(isObject ? "\(name)[\(index)]" : name, item, isDeep: isDeep, visit)
            }
        case .object(let object) where isDeep:
            for (key, member) in object.members { forEachPair("\(name)[\(key)]", member, isDeep: true, visit) }
        default: visit(name, value.plainText)
        }
    }
}
