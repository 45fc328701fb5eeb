/// Enumerations: values, and names for their cases.
extension CheckSession {
    func enumeration(_ node: JSONNode, _ type: String, _ context: TypeContext) -> SchemaModel.Kind? {
        guard let list = node["enum"] else { return nil }
        let isString = type == "string"
        var cases: [(case: EnumerationModel.Case, position: SourcePosition)] = []
        if let members = list.members {
            for member in members {
                cases.append((.init(swiftName: member.key, value: member.value), member.keyPosition))
            }
        } else {
            for value in list.elements ?? [] {
                let name = value.string.map { SwiftName.lowerCamel($0) } ?? ""
                cases.append((.init(swiftName: name, value: value), value.position))
            }
        }
        if cases.isEmpty {
            report.error(list.position, "an enumeration without values; add some, or remove \"enum\"")
            return nil
        }
        guard checkCases(cases, isString: isString) else { return nil }
        let (name, owner) = declare(node, context)
        return .enumeration(EnumerationModel(name: name, owner: owner, isString: isString, cases: cases.map(\.case)))
    }

    private func checkCases(_ cases: [(case: EnumerationModel.Case, position: SourcePosition)], isString: Bool) -> Bool
    {
        var names: [String: String] = [:]
        var values: Set<String> = []
        var isFine = true
        for (item, position) in cases {
            let shown = item.value.compactText
            if isString != (item.value.string != nil) || (!isString && item.value.integer == nil) {
                report.error(
                    item.value.position,
                    "\(shown) is \(item.value.kindName) in an enumeration of \(isString ? "strings" : "integers"); make them agree"
                )
                isFine = false
            } else if item.swiftName.isEmpty || !SwiftName.isIdentifier(item.swiftName) {
                report.error(
                    position, "no Swift name can be made from \(shown); give each case one: { \"name\": \(shown) }")
                isFine = false
            } else if SwiftName.takenInEnumerations.contains(item.swiftName) {
                report.error(position, "\"\(item.swiftName)\" cannot be the name of a case in Swift; choose another")
                isFine = false
            } else if let other = names.updateValue(shown, forKey: item.swiftName) {
                report.error(
                    position, "the cases \(other) and \(shown) are both \"\(item.swiftName)\" in Swift; give them names"
                )
                isFine = false
            }
            if !values.insert(shown).inserted {
                report.error(item.value.position, "the value \(shown) stands twice in \"enum\"; remove one")
                isFine = false
            }
        }
        return isFine
    }
}
