import EndpointCore
import EndpointSpec

/// A type on its way from a document's schema to a spec: what it is, without what it is called.
struct TypeDraft: Sendable {
    /// What a value is.
    indirect enum Kind: Sendable {
        case any
        case boolean
        /// With the spec's `format`, if any.
        case string(format: String?)
        case integer(format: String?)
        case number(format: String?)
        case binary
        case enumeration([JSONValue])
        case array(TypeDraft)
        case map(TypeDraft)
        case object(ObjectDraft)
        case union(UnionDraft)
        /// A shared type, by the key that the document store gives its schema.
        case reference(String)
        /// What the spec language cannot say: the reason.
        case unsayable(String)
    }

    /// What a value is.
    var kind: Kind
    /// Whether null is a value.
    var isNullable = false
    /// The limits, as keywords of a spec.
    var constraints: JSONObject = [:]
    /// For the documentation.
    var description: String?
    /// Where the schema stands.
    var position: SourcePosition
    /// The schema's own name in the document, from `title`.
    var title: String?

    init(_ kind: Kind, _ position: SourcePosition) {
        (self.kind, self.position) = (kind, position)
    }

    /// The type with null as a value, or without it.
    func nullable(_ isNullable: Bool) -> TypeDraft {
        var copy = self
        copy.isNullable = isNullable
        return copy
    }
}

/// An object with fields, and perhaps further values under other names.
struct ObjectDraft: Sendable {
    var fields: [FieldDraft]
    var additional: TypeDraft?
}

/// A field of an object, or a parameter.
struct FieldDraft: Sendable {
    /// The name on the wire.
    var name: String
    var type: TypeDraft
    var isOptional: Bool
    /// Sent always, as no argument.
    var constant: JSONValue?
    /// Sent unless the caller says otherwise.
    var defaultValue: JSONValue?
    /// For what a caller reads: the value that the service takes where none is sent.
    var assumed: JSONValue?
    var isDeprecated = false
    var isSensitive = false
    /// Never sent; never received.
    var isReadOnly = false
    var isWriteOnly = false
    /// Keywords that belong to one place: `join`, `style`, `contentType`.
    var encoding: JSONObject = [:]
    var description: String?
    var position: SourcePosition
    /// A sample value from the document, for the examples.
    var sample: JSONNode?
    /// The name in Swift, where the wire's makes a poor one.
    var swiftName: String?

    init(_ name: String, _ type: TypeDraft, isOptional: Bool, _ position: SourcePosition) {
        (self.name, self.type, self.isOptional, self.position) = (name, type, isOptional, position)
    }
}

/// A value of one of several types.
struct UnionDraft: Sendable {
    var members: [TypeDraft]
    /// The field that tells the objects apart, if the document names one.
    var tag: String?
    /// By value of the tag: the key of the shared type, or ``key(ofMember:)``.
    var mapping: [(value: String, key: String)] = []

    /// Stands for a type that is written out in the union.
    static func key(ofMember index: Int) -> String { "@\(index)" }
}

extension TypeDraft {
    /// Whether two types are the same on the wire: descriptions and positions do not count.
    static func isSame(_ left: TypeDraft, _ right: TypeDraft) -> Bool {
        guard left.isNullable == right.isNullable, left.constraints == right.constraints else { return false }
        switch (left.kind, right.kind) {
        case (.any, .any), (.boolean, .boolean), (.binary, .binary): return true
        case (.string(let left), .string(let right)), (.integer(let left), .integer(let right)),
            (.number(let left), .number(let right)):
            return left == right
        case (.enumeration(let left), .enumeration(let right)): return left == right
        case (.reference(let left), .reference(let right)): return left == right
        case (.array(let left), .array(let right)), (.map(let left), .map(let right)): return isSame(left, right)
        case (.object(let left), .object(let right)):
            return zipped(left.fields, right.fields) {
                $0.name == $1.name && $0.isOptional == $1.isOptional && isSame($0.type, $1.type)
            } && zipped(left.additional.map { [$0] } ?? [], right.additional.map { [$0] } ?? [], isSame)
        case (.union(let left), .union(let right)):
            return left.tag == right.tag && zipped(left.members, right.members, isSame)
        default: return false
        }
    }

    private static func zipped<Element>(
        _ left: [Element], _ right: [Element], _ isSame: (Element, Element) -> Bool
    ) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy(isSame)
    }

    /// The types directly inside.
    var children: [TypeDraft] {
        switch kind {
        case .array(let inner), .map(let inner): [inner]
        case .object(let object): object.fields.map(\.type) + (object.additional.map { [$0] } ?? [])
        case .union(let union): union.members
        default: []
        }
    }

    /// The type with each of those directly inside changed.
    func mapChildren(_ change: (TypeDraft) -> TypeDraft) -> TypeDraft {
        var copy = self
        switch kind {
        case .array(let inner): copy.kind = .array(change(inner))
        case .map(let inner): copy.kind = .map(change(inner))
        case .object(var object):
            for index in object.fields.indices { object.fields[index].type = change(object.fields[index].type) }
            object.additional = object.additional.map(change)
            copy.kind = .object(object)
        case .union(var union):
            union.members = union.members.map(change)
            copy.kind = .union(union)
        default: break
        }
        return copy
    }

    /// Whether a value is text.
    var isText: Bool {
        switch kind {
        case .string: true
        case .enumeration(let values): values.first?.string != nil
        default: false
        }
    }

    /// Whether a value is one string, number or boolean.
    var isScalar: Bool {
        switch kind {
        case .boolean, .string, .integer, .number, .enumeration: true
        case .union(let union): union.members.allSatisfy(\.isScalar)
        default: false
        }
    }
}
