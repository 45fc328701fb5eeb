import Foundation

/// The envelope and the payload in it, decoded together.
struct EnvelopeBox<Response: Sendable>: DecodableWithConfiguration {
    enum Place {
        /// The payload is a member of the envelope.
        case inside
        /// A success is the payload alone: there is no envelope.
        case whole
    }

    struct Configuration {
        var reader: ResponseReader<Response>
        var place: Place
        var status: Int
    }

    enum Verdict {
        case success(Response)
        case failure(APIError)
        case undecodable(DecodingError)
    }

    var verdict: Verdict
    var traceID: String?

    init(from decoder: any Decoder, configuration: Configuration) throws {
        let reader = configuration.reader
        guard let names = reader.service.envelope, let members = try? decoder.container(keyedBy: AnyCodingKey.self)
        else {
            if configuration.place == .whole {
                verdict = try Self.decode { try PayloadBox<Response>(from: decoder, configuration: reader).value }
                return
            }
            throw DecodingError.typeMismatch(
                [String: JSONValue].self, .init(codingPath: decoder.codingPath, debugDescription: "no object"))
        }
        if let name = names.traceID, let text = try? members.decode(String.self, forKey: AnyCodingKey(name)),
            !text.isEmpty
        {
            traceID = text
        }
        let code = AnyCodingKey(names.code)
        if configuration.place == .whole, !members.contains(code) {
            verdict = try Self.decode { try PayloadBox<Response>(from: decoder, configuration: reader).value }
            return
        }
        let found = try members.decode(ServiceCode.self, forKey: code)
        guard names.success.contains(found) else {
            let message = names.message.flatMap { try? members.decode(String.self, forKey: AnyCodingKey($0)) } ?? ""
            verdict = .failure(reader.serviceError(code: found, message: message, status: configuration.status))
            return
        }
        let payload = names.payload.map { AnyCodingKey($0) }
        if let payload, let error = try Self.refusal(in: members, payload, code: found, names: names, reader: reader) {
            verdict = .failure(error)
            return
        }
        verdict = try Self.decode {
            guard let payload else { return try PayloadBox<Response>(from: decoder, configuration: reader).value }
            return try reader.payload(in: members, key: payload)
        }
    }

    private static func decode(_ work: () throws -> Response) throws -> Verdict {
        do {
            return .success(try work())
        } catch let error as DecodingError {
            return .undecodable(error)
        }
    }

    /// A success that a rule on the payload makes an error.
    private static func refusal(
        in members: KeyedDecodingContainer<AnyCodingKey>, _ payload: AnyCodingKey, code: ServiceCode, names: Envelope,
        reader: ResponseReader<Response>
    ) throws -> APIError? {
        let rules = reader.rules.filter { $0.payload != nil }
        guard !rules.isEmpty,
            let fields = try? members.nestedContainer(keyedBy: AnyCodingKey.self, forKey: payload)
        else { return nil }
        let message = names.message.flatMap { try? members.decode(String.self, forKey: AnyCodingKey($0)) } ?? ""
        for rule in rules {
            guard let condition = rule.payload, rule.code == nil || rule.code == code,
                let value = try? fields.decode(JSONValue.self, forKey: AnyCodingKey(condition.field)),
                value == condition.value
            else { continue }
            var error = APIError(
                rule.kind, "the service answered \(condition.field) = \(condition.value) (\(message))",
                remedy: rule.remedy)
            error.code = code
            error.isRetryable = rule.isRetryable
            return error
        }
        return nil
    }
}

/// The payload alone.
struct PayloadBox<Response: Sendable>: DecodableWithConfiguration {
    var value: Response

    init(from decoder: any Decoder, configuration: ResponseReader<Response>) throws {
        switch configuration.decoding.form {
        case .none(let make): value = make()
        case .payload(let decode, let onNull):
            if let onNull, try decoder.singleValueContainer().decodeNil() {
                value = try onNull()
            } else {
                value = try decode(decoder)
            }
        case .bytes(let make):
            // Only the verdict round them is of interest: the reader hands out the bytes themselves.
            value = make(Data())
        }
    }
}

extension ResponseReader {
    /// The payload under a key that may be null or absent.
    fileprivate func payload(in members: KeyedDecodingContainer<AnyCodingKey>, key: AnyCodingKey) throws -> Response {
        switch decoding.form {
        case .none(let make): return make()
        case .bytes(let make): return make(Data())
        case .payload(_, let onNull?):
            guard members.contains(key), try !members.decodeNil(forKey: key) else { return try onNull() }
        case .payload: break
        }
        do {
            return try members.decode(PayloadBox<Response>.self, forKey: key, configuration: self).value
        } catch is DecodingError where !members.contains(key) {
            // An absent key is decoded as null, which an optional payload takes; to others it is not null but missing.
            throw DecodingError.keyNotFound(
                key, .init(codingPath: members.codingPath, debugDescription: "there is no payload"))
        }
    }
}
