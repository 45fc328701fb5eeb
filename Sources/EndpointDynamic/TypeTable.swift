import EndpointKit
import EndpointSpec

/// What the types of a module mean: named types by name, and the zone of times without one.
package struct TypeTable: Sendable {
    private let types: [String: SchemaModel]
    package let secondsFromGMT: Int

    init(_ model: ServiceModel) {
        types = Dictionary(
            (model.baseTypes + model.types).map { ($0.name, $0.schema) }, uniquingKeysWith: { $1 })
        secondsFromGMT = model.timeZoneOffset
    }

    /// The schema with a reference replaced by what it refers to; what is said beside the reference stays.
    package func resolved(_ schema: SchemaModel) -> SchemaModel {
        var schema = schema
        var depth = 0
        while case .reference(let name) = schema.kind, var target = types[name], depth < 32 {
            target.isNullable = target.isNullable || schema.isNullable
            target.nullAsEmpty = target.nullAsEmpty || schema.nullAsEmpty
            target.wrap = schema.wrap ?? target.wrap
            target.accept += schema.accept
            target.sentinels += schema.sentinels
            schema = target
            depth += 1
        }
        return schema
    }

    package func dateFormat(_ model: DateFormatModel) -> DateFormat {
        switch model {
        case .dateTime: .dateTime
        case .unixSeconds: .unixSeconds
        case .unixMilliseconds: .unixMilliseconds
        case .localDateTime: .localDateTime(secondsFromGMT: secondsFromGMT)
        }
    }
}
