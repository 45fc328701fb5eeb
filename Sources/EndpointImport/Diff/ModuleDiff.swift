import EndpointCore
import EndpointSpec

/// Compares two versions of a module as its callers see them.
package struct ModuleDiff {
    let old: ServiceModel
    let new: ServiceModel
    /// Where the keys of the files stand, in both versions.
    let keys: (old: SourceKeys, new: SourceKeys)
    /// The named types that requests hold, in either version.
    private let sent: Set<String>
    /// Those that responses hold.
    private let received: Set<String>

    /// Compares two checked modules.
    ///
    /// - Parameters:
    ///   - old: The version that callers were written for.
    ///   - new: The version that they are to use.
    ///   - oldKeys: The keys of the old version's files.
    ///   - newKeys: Those of the new version's.
    /// - Returns: All changes.
    package static func changes(
        from old: ServiceModel, to new: ServiceModel, _ oldKeys: SourceKeys = SourceKeys(),
        _ newKeys: SourceKeys = SourceKeys()
    ) -> ModuleChanges {
        let diff = ModuleDiff(
            old: old, new: new, keys: (oldKeys, newKeys),
            sent: names(old, sentTypes).union(names(new, sentTypes)),
            received: names(old, receivedTypes).union(names(new, receivedTypes)))
        return ModuleChanges(diff.service + diff.types + diff.endpoints)
    }

    private static func sentTypes(_ model: ServiceModel) -> [SchemaModel] {
        model.endpoints.flatMap { $0.fields.map(\.schema) }
    }

    private static func receivedTypes(_ model: ServiceModel) -> [SchemaModel] {
        model.endpoints.flatMap { endpoint in
            var types = [endpoint.responseHeaders, endpoint.errorResponse].compactMap(\.self)
            if case .payload(let schema) = endpoint.response { types.append(schema) }
            return types
        } + [model.errorResponse].compactMap(\.self)
    }

    /// The named types in types, directly or within others.
    private static func names(_ model: ServiceModel, _ roots: (ServiceModel) -> [SchemaModel]) -> Set<String> {
        let types = TypeTable(model)
        var names: Set<String> = []
        func collect(_ schema: SchemaModel) {
            if case .reference(let name) = schema.kind {
                if names.insert(name).inserted, let target = types[name] { collect(target) }
            } else {
                schema.children.forEach(collect)
            }
        }
        roots(model).forEach(collect)
        return names
    }

    /// A list for what a file says, or two versions of one.
    func list(_ subject: String, _ oldFile: String, _ newFile: String) -> ChangeList {
        ChangeList(subject) { [keys] key in
            keys.new.position(of: key, in: newFile) ?? keys.old.position(of: key, in: oldFile)
        }
    }

    private var service: [Change] {
        let list = list("service", old.position.file, new.position.file)
        ServiceDiff(old: old, new: new, list: list).compare()
        guard let before = old.errorResponse, let after = new.errorResponse else {
            if (old.errorResponse == nil) != (new.errorResponse == nil) {
                list.add(
                    new.errorResponse == nil ? .errorResponseChanged : .fieldAdded,
                    "\"errorResponse\" was \(new.errorResponse == nil ? "removed" : "added")", new.position,
                    key: "errorResponse")
            }
            return list.changes
        }
        SchemaDiff(self, list, .received).compare(before, after, "the body of a failure")
        return list.changes
    }

    // MARK: Types

    private var types: [Change] {
        let before = Dictionary(old.types.map { ($0.name, $0) }) { first, _ in first }
        let after = Dictionary(new.types.map { ($0.name, $0) }) { first, _ in first }
        var changes: [Change] = []
        let removed = old.types.filter { after[$0.name] == nil }
        var added = new.types.filter { before[$0.name] == nil }
        for type in removed {
            let list = ChangeList("types/\(type.name)")
            let form = SpecForm(old).schema(type.schema)
            if let index = added.firstIndex(where: { Self.isSame(SpecForm(new).schema($0.schema), form) }) {
                let other = added.remove(at: index)
                list.add(
                    type.isScalar ? .inlineTypeRenamed : .typeRenamed,
                    "the type \(type.name) was renamed to \(other.name)", other.position)
            } else if type.isScalar {
                list.add(.inlineTypeRenamed, "the file of the scalar \(type.name) was removed", type.position)
            } else {
                list.add(.typeRemoved, "the type \(type.name) was removed", type.position)
            }
            changes += list.changes
        }
        for type in added {
            let rule = type.isScalar ? ChangeRule.inlineTypeRenamed : .typeAdded
            changes.append(Change(rule, "types/\(type.name)", "the type \(type.name) was added", type.position))
        }
        for type in new.types {
            guard let other = before[type.name] else { continue }
            let list = ChangeList("types/\(type.name)")
            list.compare(
                other.summary ?? "", type.summary ?? "", .textChanged, "the description", type.position,
                key: "description", ChangeList.quoted)
            // What becomes of a scalar is compared where it is written out.
            if !(type.isScalar && other.isScalar) {
                if sent.contains(type.name) {
                    SchemaDiff(self, list, .sent).compare(other.schema, type.schema, "the type")
                }
                if received.contains(type.name) || !sent.contains(type.name) {
                    SchemaDiff(self, list, .received).compare(other.schema, type.schema, "the type")
                }
            }
            changes += list.changes
        }
        return changes
    }

    private static func isSame(_ left: JSONObject, _ right: JSONObject) -> Bool {
        JSONValue.object(left).text() == JSONValue.object(right).text()
    }

    // MARK: Endpoints

    private var endpoints: [Change] {
        let before = Dictionary(old.endpoints.map { ($0.id, $0) }) { first, _ in first }
        let after = Dictionary(new.endpoints.map { ($0.id, $0) }) { first, _ in first }
        var changes: [Change] = []
        var added = new.endpoints.filter { before[$0.id] == nil }
        for endpoint in old.endpoints where after[endpoint.id] == nil {
            guard let index = added.firstIndex(where: { Self.isRenamed(endpoint, $0) }) else {
                changes.append(
                    Change(.endpointRemoved, endpoint.id, "the endpoint was removed", endpoint.position))
                continue
            }
            let other = added.remove(at: index)
            changes.append(
                Change(
                    .endpointRenamed, endpoint.id, "the endpoint was renamed to \(other.id)", other.position))
            changes += EndpointDiff(self, endpoint, other).changes
        }
        changes += added.map { Change(.endpointAdded, $0.id, "the endpoint was added", $0.position) }
        for endpoint in new.endpoints {
            if let other = before[endpoint.id] { changes += EndpointDiff(self, other, endpoint).changes }
        }
        return changes
    }

    /// Whether an endpoint that is gone and one that is new send the same: method, path, and constants.
    private static func isRenamed(_ old: EndpointModel, _ new: EndpointModel) -> Bool {
        func constants(_ endpoint: EndpointModel) -> [String] {
            endpoint.fields.compactMap { field in field.constant.map { "\(field.name)=\($0.text())" } }
        }
        if old.host == .caller { return new.host == .caller && old.methodName == new.methodName }
        return old.method == new.method && old.path == new.path && constants(old) == constants(new)
    }
}

extension NamedTypeModel {
    /// Whether the type is written out wherever it is used.
    fileprivate var isScalar: Bool {
        switch schema.kind {
        case .object, .union, .enumeration: false
        default: true
        }
    }
}
