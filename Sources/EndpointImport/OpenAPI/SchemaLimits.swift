import EndpointCore
import EndpointSpec

/// The limits of a schema as keywords of a spec.
struct SchemaLimits {
    private let limits: [String: JSONNode]
    private let notes: ImportNotes
    private let position: SourcePosition

    init(_ flat: FlatSchema, _ notes: ImportNotes, _ position: SourcePosition) {
        (limits, self.notes, self.position) = (flat.limits, notes, position)
    }

    /// Those of a text.
    var text: JSONObject {
        var keywords = range("minLength", "maxLength")
        guard let pattern = limits["pattern"]?.string, !pattern.isEmpty else { return keywords }
        switch Pattern.compiled(pattern) {
        case .success: keywords["pattern"] = .string(pattern)
        case .failure:
            notes.count("a \"pattern\" beyond what a spec can check was left out; the service checks it", position)
        }
        return keywords
    }

    /// Those of an array.
    var counts: JSONObject { range("minItems", "maxItems") }

    private func range(_ least: String, _ most: String) -> JSONObject {
        var keywords: JSONObject = [:]
        let low = limits[least]?.json.integral
        let high = limits[most]?.json.integral
        if let low, low > 0 { keywords[least] = .integer(low) }
        if let high, high >= max(low ?? 0, 0) { keywords[most] = .integer(high) }
        return keywords
    }

    /// Those of a number.
    func numbers(isInteger: Bool) -> JSONObject {
        let low = bound("minimum", "exclusiveMinimum", step: 1, isInteger)
        let high = bound("maximum", "exclusiveMaximum", step: -1, isInteger)
        var keywords: JSONObject = [:]
        if let low { keywords["minimum"] = low }
        if let high, low?.double ?? -.infinity <= high.double ?? .infinity { keywords["maximum"] = high }
        return keywords
    }

    private func bound(_ key: String, _ exclusive: String, step: Int64, _ isInteger: Bool) -> JSONValue? {
        let own = limits[key]?.json
        // OpenAPI 3.0 has a flag, 3.1 a number.
        let open = limits[exclusive]?.boolean == true ? own : limits[exclusive]?.json
        if let open, let number = open.double {
            guard isInteger else {
                notes.count("\"\(exclusive)\" of a number has no keyword in a spec and is not checked", position)
                return nil
            }
            let whole = step > 0 ? number.rounded(.down) : number.rounded(.up)
            guard let exact = Int64(exactly: whole) else { return nil }
            let (sum, overflow) = exact.addingReportingOverflow(step)
            return overflow ? nil : .integer(sum)
        }
        guard let own, let number = own.double else { return nil }
        if !isInteger { return number.isFinite ? own : nil }
        if let exact = own.integral { return .integer(exact) }
        return Int64(exactly: step > 0 ? number.rounded(.up) : number.rounded(.down)).map { .integer($0) }
    }
}
