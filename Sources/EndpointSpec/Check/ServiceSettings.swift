/// What `service.json` says apart from its endpoints.
struct ServiceSettings {
    var name = ""
    var title: String?
    var summary: String?
    var documentation: String?
    var baseURL: String?
    var headers: [(name: String, value: String)] = []
    var authentication = AuthenticationModel(scheme: .bearer, clientCredentials: nil)
    var envelope: EnvelopeModel?
    var errors: [ErrorRuleModel] = []
    var rateProfiles: [RateProfileModel] = []
    var timeZoneOffset = 0
    var environment = EnvironmentModel()
    var account: AccountModel?

    init() {}

    init(_ node: JSONNode, report: Report) {
        title = node["title"]?.string
        summary = node["summary"]?.string
        readName(node, report)
        documentation = URLText.webAddress(node["documentation"], report)
        readBaseURL(node, report)
        readHeaders(node, report)
        readAuthentication(node, report)
        readEnvelope(node, report)
        errors = ErrorRules.read(node["errors"], isService: true, success: envelope?.success ?? [], report)
        readRateProfiles(node, report)
        readTimeZone(node, report)
        readEnvironment(node, report)
        account = node["account"]?["endpoint"]?.string.map { endpoint in
            AccountModel(
                endpointID: endpoint, show: (node["account"]?["show"]?.elements ?? []).compactMap(\.string))
        }
    }

    private mutating func readName(_ node: JSONNode, _ report: Report) {
        guard let value = node["name"], let text = value.string else { return }
        name = text
        if !SwiftName.isTypeName(text) {
            let hint = SwiftName.upperCamel(text)
            report.error(
                value.position,
                "\"\(text)\" cannot begin the name of a Swift type; write \(SwiftName.isIdentifier(hint) ? "\"\(hint)\"" : "one like \"Weather\"")"
            )
        }
    }

    private mutating func readBaseURL(_ node: JSONNode, _ report: Report) {
        guard let value = node["baseURL"], let text = value.string else { return }
        baseURL = text
        if let problem = URLText.baseURLProblem(text) { report.error(value.position, problem) }
    }

    private mutating func readHeaders(_ node: JSONNode, _ report: Report) {
        var names: Set<String> = []
        for member in node["headers"]?.members ?? [] {
            if let problem = HeaderText.problem(name: member.key, isFixed: true) {
                report.error(member.keyPosition, problem)
            }
            if !names.insert(member.key.lowercased()).inserted {
                report.error(
                    member.keyPosition, "the header \"\(member.key)\" stands twice (case does not count); remove one")
            }
            guard let text = member.value.string else { continue }
            if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
                report.error(member.value.position, "the value of \"\(member.key)\" has a control character; remove it")
            }
            headers.append((member.key, text))
        }
    }

    private mutating func readAuthentication(_ node: JSONNode, _ report: Report) {
        guard let value = node["authentication"] else { return }
        let header = value["header"]
        switch value.string ?? value["scheme"]?.string {
        case "none": authentication.scheme = .none
        case "header":
            if let header, let name = header.string {
                authentication.scheme = .header(name)
                if !HeaderText.isToken(name) {
                    report.error(
                        header.position, "\"\(name)\" cannot be the name of a header; use letters, digits and \"-\"")
                }
            } else if header == nil {
                report.error(value.position, "the scheme \"header\" lacks \"header\"; add the name of the header field")
            }
        default: authentication.scheme = .bearer
        }
        if let header, value["scheme"]?.string != "header" {
            report.error(header.position, "\"header\" is for the scheme \"header\"; remove it or change \"scheme\"")
        }
        if let credentials = value["clientCredentials"] {
            if authentication.scheme == .none {
                report.error(
                    credentials.position,
                    "the scheme \"none\" takes no token; remove \"clientCredentials\" or change \"scheme\"")
            }
            authentication.clientCredentials = Self.clientCredentials(credentials, report)
        }
    }

    private static func clientCredentials(_ node: JSONNode, _ report: Report) -> ClientCredentialsModel? {
        guard let endpoint = node["endpoint"]?.string, let id = node["clientID"]?.string,
            let secret = node["clientSecret"]?.string, let token = node["token"]?.string
        else { return nil }
        if (node["expiresAt"] == nil) == (node["expiresIn"] == nil) {
            report.error(
                node.position,
                "\"clientCredentials\" needs one of \"expiresAt\" and \"expiresIn\"; write the field that the answer has"
            )
        }
        if let margin = node["margin"], let seconds = margin.integer, seconds < 0 {
            report.error(margin.position, "\"margin\" is negative; write 0 or more seconds")
        }
        return ClientCredentialsModel(
            endpointID: endpoint, clientID: id, clientSecret: secret, token: token,
            expiresAt: node["expiresAt"]?.string, expiresIn: node["expiresIn"]?.string,
            margin: node["margin"]?.integer.flatMap { Int(exactly: $0) } ?? 300)
    }

    private mutating func readEnvelope(_ node: JSONNode, _ report: Report) {
        guard let value = node["envelope"], let code = value["code"]?.string else { return }
        let success = value["success"]?.elements ?? []
        if success.isEmpty, let list = value["success"] {
            report.error(list.position, "\"success\" is empty; name at least one code, such as 0")
        }
        let envelope = EnvelopeModel(
            code: code, success: success.compactMap { SpecCode($0) }, message: value["message"]?.string,
            payload: value["payload"]?.string, traceID: value["traceID"]?.string)
        let names = ["code", "message", "payload", "traceID"].compactMap { value[$0] }
        for (index, name) in names.enumerated() where names[..<index].contains(where: { $0.string == name.string }) {
            report.error(
                name.position, "two parts of \"envelope\" are called \"\(name.string ?? "")\"; give each its own field")
        }
        self.envelope = envelope
    }

    private mutating func readRateProfiles(_ node: JSONNode, _ report: Report) {
        for profile in node["rateProfiles"]?.members ?? [] {
            var model = RateProfileModel(name: profile.key, keys: [], figures: [])
            for member in (profile.value.members ?? []).sorted(by: { $0.key < $1.key }) {
                if let group = member.value["group"] {
                    report.error(
                        group.position, "a rate of a profile has no \"group\": its key says what it is for; remove it")
                }
                guard let rate = RateModel(member.value, report) else { continue }
                model.keys.append(member.key)
                model.figures.append(rate)
            }
            rateProfiles.append(model)
        }
    }

    private mutating func readTimeZone(_ node: JSONNode, _ report: Report) {
        guard let value = node["timeZone"], let text = value.string else { return }
        if text == "UTC" || text == "Z" { return }
        let bytes = Array(text.utf8)
        let digits = bytes.count == 6 ? [bytes[1], bytes[2], bytes[4], bytes[5]].map { Int($0) - 0x30 } : []
        guard digits.count == 4, digits.allSatisfy((0...9).contains), bytes[3] == UInt8(ascii: ":"),
            let sign = [UInt8(ascii: "+"): 1, UInt8(ascii: "-"): -1][bytes[0]],
            digits[0] * 10 + digits[1] <= 14, digits[2] < 6
        else {
            report.error(value.position, "\"\(text)\" is no offset from UTC; write one like \"+08:00\", or \"UTC\"")
            return
        }
        timeZoneOffset = sign * ((digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60)
    }

    private mutating func readEnvironment(_ node: JSONNode, _ report: Report) {
        guard let value = node["environment"] else { return }
        for member in value.members ?? [] {
            guard let text = member.value.string, !text.isEmpty else { continue }
            let isFine = text.utf8.allSatisfy { $0.isDigit || $0 == 0x5F || (0x41...0x5A).contains($0) }
            if !isFine || text.utf8.first?.isDigit == true {
                report.error(
                    member.value.position,
                    "\"\(text)\" cannot be an environment variable; use capitals, digits and \"_\"")
            }
        }
        environment = EnvironmentModel(
            baseURL: value["baseURL"]?.string, accessToken: value["accessToken"]?.string,
            clientID: value["clientID"]?.string, clientSecret: value["clientSecret"]?.string)
    }
}

extension SpecCode {
    /// Nil if the value is no code.
    init?(_ node: JSONNode) {
        if let integer = node.integer {
            self = .integer(integer)
        } else if let string = node.string {
            self = .string(string)
        } else if let boolean = node.boolean {
            self = .boolean(boolean)
        } else {
            return nil
        }
    }
}

extension SpecCode: CustomStringConvertible {
    /// As JSON.
    public var description: String {
        switch self {
        case .integer(let integer): String(integer)
        case .string(let string): "\"\(string)\""
        case .boolean(let boolean): String(boolean)
        }
    }
}

extension RateModel {
    /// Nil after a mistake that is reported already.
    init?(_ node: JSONNode?, _ report: Report) {
        guard let node, let value = node["limit"], let limit = value.double,
            let per = node["per"]?.string.flatMap(Unit.init(rawValue:))
        else { return nil }
        if limit <= 0 { report.error(value.position, "\"limit\" must be above 0, not \(value.compactText)") }
        self.init(limit: limit, per: per, group: node["group"]?.string)
    }
}
