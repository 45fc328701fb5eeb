/// What messages call a value: `"list[0].name"`, `the default of "limit"`.
struct ValueName: CustomStringConvertible {
    var lead = ""
    var path: String
    /// What the whole is called.
    var whole = "the payload"

    /// The whole payload of a response.
    static let payload = ValueName(path: "")
    /// The whole body of a failure.
    static let failure = ValueName(path: "", whole: "the body of the failure")

    static func the(_ lead: String, _ path: String) -> ValueName { ValueName(lead: "the \(lead) ", path: path) }

    var description: String { path.isEmpty ? whole : "\(lead)\"\(path)\"" }

    /// The name of a value inside.
    func appending(_ steps: [Violation.Step]) -> ValueName {
        let inner = Violation.text(of: steps)
        if path.isEmpty || inner.isEmpty || inner.hasPrefix("[") { return ValueName(lead: lead, path: path + inner) }
        return ValueName(lead: lead, path: path + "." + inner)
    }
}

/// Checks values that are written in a spec by the code that checks them in a call, and says where they are.
struct ValueCheck {
    let session: CheckSession
    private let places = PlaceIndex()

    private var report: Report { session.report }

    init(_ session: CheckSession) {
        self.session = session
    }

    /// Reports what is wrong with a value as a caller gives it; lengths and ranges count if `checksConstraints`.
    func argument(_ node: JSONNode, _ model: SchemaModel, _ name: ValueName, checksConstraints: Bool = true) {
        if model.isUnknown { return }
        var schema = session.typeTable.schema(of: model)
        if !checksConstraints { schema.constraints = .init() }
        let violations = schema.violations(ofArgument: node.json)
        for violation in violations { report(violation, in: node, name, isSent: true) }
        if violations.isEmpty { checkCases(node, model, name) }
    }

    /// An enumeration is open in a call. What a spec itself names must be listed: a default is written as its case in Swift,
    /// and a condition on a misspelled value would never hold.
    private func checkCases(_ node: JSONNode, _ model: SchemaModel, _ name: ValueName) {
        switch session.typeTable.resolved(model).kind {
        case .enumeration(let enumeration):
            let value = node.json
            if value.isNull || enumeration.cases.contains(where: { $0.value == value }) { return }
            let known = enumeration.cases.map { $0.value.text() }.joined(separator: ", ")
            report.error(node.position, "\(name) must be one of \(known); got \(value.text())")
        case .array(let items):
            for (index, element) in (node.elements ?? []).enumerated() {
                checkCases(element, items, name.appending([.item(index)]))
            }
        case .union(let union):
            let value = node.json
            if value.isNull { return }
            if let member = session.typeTable.member(of: model, for: value) {
                return checkCases(node, member.schema, name)
            }
            let known = union.members.map(\.swiftName).joined(separator: ", ")
            report.error(node.position, "\(name) must be one of \(known); got \(value.excerpt), which is none of them")
        default: break
        }
    }

    /// Reports a value that cannot stand where it goes, which is known only when it is encoded.
    func text(_ node: JSONNode, of field: FieldModel, in location: FieldLocation, _ name: ValueName) {
        guard location == .path || location == .header, !node.isNull, !field.schema.isUnknown else { return }
        let text = session.typeTable.schema(of: field).encoded(node.json).plainText
        if location == .path, !PathSegment.isValid(text) { report.error(node.position, "\(name) \(PathSegment.rule)") }
        if location == .header, !HeaderField.isValue(text) {
            report.error(node.position, "\(name) \(HeaderField.valueRule)")
        }
    }

    /// The same for all arguments of a call.
    func arguments(_ node: JSONNode, _ fields: [FieldModel]) {
        guard let members = node.json.object else { return }
        let properties = session.typeTable.arguments(fields)
        for violation in Schema.violations(ofArguments: members, properties) {
            report(violation, in: node, ValueName(path: ""), isSent: true)
        }
    }

    /// Reports what is wrong with a value of a response.
    func response(_ node: JSONNode, _ model: SchemaModel, _ name: ValueName) {
        for violation in violations(ofResponse: node.json, model) { report(violation, in: node, name, isSent: false) }
    }

    func violations(ofResponse value: JSONValue, _ model: SchemaModel) -> [Violation] {
        if model.isUnknown { return [] }
        var normalizer = ResponseNormalizer()
        _ = normalizer.normalized(value, as: session.typeTable.schema(of: model))
        return normalizer.violations
    }

    // MARK: Messages

    private func report(_ violation: Violation, in node: JSONNode, _ name: ValueName, isSent: Bool) {
        let (found, parent) = places.value(at: violation.path, in: node)
        let position = found?.value.position ?? parent.position
        let path = name.appending(violation.path)
        switch violation.problem {
        case .mismatch, .constraint:
            let isNull = found?.value.isNull ?? false
            report.error(
                position, "\(path) \(violation.message)" + (isNull ? "; \(Self.nullHint(violation, isSent))" : ""))
        case .missing:
            let remedy = isSent ? "add it" : "add it, or write \"optional\": true for the field"
            report.error(position, "\(path) is missing; \(remedy)")
        case .unknownField(let hint):
            guard case .field(let key)? = violation.path.last else { return }
            let owner = name.appending(violation.path.dropLast())
            let message =
                owner.path.isEmpty
                ? "there is no argument \"\(key)\"; \(hint)" : "\(owner) has no field \"\(key)\"; \(hint)"
            report.error(found?.keyPosition ?? position, message)
        }
    }

    private static func nullHint(_ violation: Violation, _ isSent: Bool) -> String {
        guard case .mismatch(let expected, _) = violation.problem else { return "write a value" }
        if !isSent, expected == "an array" { return "write \"nullAsEmpty\": true if that may be" }
        return isSent ? "leave it out, or add \"null\" to its \"type\"" : "add \"null\" to its \"type\" if that may be"
    }
}

/// Finds the values that violations are about. There may be as many of these as an object has members, so that a large
/// object is searched once.
private final class PlaceIndex {
    private var members: [SourcePosition: [String: JSONMember]] = [:]
    private static let small = 16

    /// The value at a path, with its key's position, and the last value on the way that there is.
    func value(
        at path: [Violation.Step], in root: JSONNode
    ) -> (found: (value: JSONNode, keyPosition: SourcePosition)?, parent: JSONNode) {
        var node = root
        var keyPosition = root.position
        for step in path {
            switch step {
            case .field(let name):
                guard let member = member(name, of: node) else { return (nil, node) }
                (node, keyPosition) = (member.value, member.keyPosition)
            case .item(let index):
                guard let elements = node.elements, elements.indices.contains(index) else {
                    return ((node, keyPosition), node)
                }
                node = elements[index]
                keyPosition = node.position
            }
        }
        return ((node, keyPosition), node)
    }

    private func member(_ name: String, of node: JSONNode) -> JSONMember? {
        guard let all = node.members, all.count > Self.small else { return node.member(name) }
        if let known = members[node.position] { return known[name] }
        let table = Dictionary(all.map { ($0.key, $0) }) { first, _ in first }
        members[node.position] = table
        return table[name]
    }
}
