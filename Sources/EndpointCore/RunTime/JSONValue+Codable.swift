extension JSONValue: Codable {
    /// Decodes any JSON value; integers of 64 bits stay exact.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyCodingKey.self) {
            var object = JSONObject()
            for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
                object[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
            }
            self = .object(object)
        } else if var container = try? decoder.unkeyedContainer() {
            var items: [JSONValue] = []
            while !container.isAtEnd { items.append(try container.decode(JSONValue.self)) }
            self = .array(items)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(String.self) {
                self = .string(value)
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(Int64.self) {
                self = .integer(value)
            } else {
                self = .number(try container.decode(Double.self))
            }
        }
    }

    /// Encodes the value as the JSON that it is.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value): try value.encode(to: encoder)
        case .integer(let value): try value.encode(to: encoder)
        case .number(let value): try value.encode(to: encoder)
        // No coder takes digits beyond a double's.
        case .decimal(let text): try (Double(text) ?? .infinity).encode(to: encoder)
        case .string(let value): try value.encode(to: encoder)
        case .array(let items): try items.encode(to: encoder)
        case .object(let object):
            var container = encoder.container(keyedBy: AnyCodingKey.self)
            for (key, value) in object.members { try container.encode(value, forKey: AnyCodingKey(key)) }
        }
    }
}

/// A coding key that is known only at run time.
public struct AnyCodingKey: CodingKey, Hashable {
    /// The key of an object's member.
    public let stringValue: String
    /// The index of an array's element; nil for a key.
    public let intValue: Int?

    /// Creates the key of a member.
    public init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    /// Creates the key of a member; never nil.
    public init?(stringValue: String) {
        self.init(stringValue)
    }

    /// Creates the index of an element.
    public init(index: Int) {
        stringValue = String(index)
        intValue = index
    }

    /// Creates the index of an element; never nil.
    public init?(intValue: Int) {
        self.init(index: intValue)
    }
}
