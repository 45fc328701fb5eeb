/// Reading `service.json`.
extension ServiceSettings {
    init(_ node: JSONNode, report: Report) {
        KeywordTable.service.bind(node, to: &self)
        checkName(node, report)
        URLText.checkWebAddress(node["documentation"], report)
        readVariables(node, report)
        checkBaseURL(node, report)
        readHeaders(node, report)
        readAuthentication(node, report)
        readEnvelope(node, report)
        errors = ErrorRules(scope: .service, envelope: envelope, report: report).read(node["errors"]).map(\.rule)
        readRateProfiles(node, report)
        readTimeZone(node, report)
        readEnvironment(node, report)
        if let value = node["account"], value["endpoint"]?.string != nil {
            var account = AccountModel()
            KeywordTable.account.bind(value, to: &account)
            self.account = account
        }
    }

    private func checkName(_ node: JSONNode, _ report: Report) {
        guard let value = node["name"], let text = value.string else { return }
        if !SwiftName.isTypeName(text) {
            let hint = SwiftName.upperCamel(text)
            report.error(
                value.position,
                "\"\(text)\" cannot begin the name of a Swift type; write \(SwiftName.isIdentifier(hint) ? "\"\(hint)\"" : "one like \"Weather\"")"
            )
        }
    }

    private mutating func readHeaders(_ node: JSONNode, _ report: Report) {
        var names: Set<String> = []
        for member in node["headers"]?.members ?? [] {
            if let problem = HeaderField.problem(name: member.key, isFixed: true) {
                report.error(member.keyPosition, problem)
            }
            if !names.insert(member.key.lowercased()).inserted {
                report.error(
                    member.keyPosition, "the header \"\(member.key)\" is duplicated (case does not count); remove one")
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
        let scheme = value.string ?? value["scheme"]?.string
        switch scheme {
        case "none": authentication.scheme = .none
        case "basic": authentication.scheme = .basic
        case "header":
            if let header = value["header"], let name = header.string {
                authentication.scheme = .header(name)
                if !HeaderField.isToken(name) {
                    report.error(
                        header.position, "\"\(name)\" cannot be the name of a header; use letters, digits and \"-\"")
                }
            } else if value["header"] == nil {
                report.error(value.position, "the scheme \"header\" lacks \"header\"; add the name of the header field")
            }
        case "query":
            if let name = value["name"]?.string {
                authentication.scheme = .query(name)
            } else if value["name"] == nil {
                report.error(value.position, "the scheme \"query\" lacks \"name\"; add the name of the query parameter")
            }
        default: authentication.scheme = .bearer
        }
        for (key, owner) in [("header", "header"), ("name", "query")] {
            guard let member = value[key], scheme != owner else { continue }
            report.error(
                member.position, "\"\(key)\" is for the scheme \"\(owner)\"; remove it or change \"scheme\"")
        }
        checkTokenHeader(node, report)
        guard let credentials = value["clientCredentials"] else { return }
        if authentication.scheme == .none || authentication.scheme == .basic {
            let what = authentication.scheme == .none ? "no token" : "a user and a password, which no endpoint makes"
            report.error(
                credentials.position,
                "the scheme \"\(scheme ?? "")\" takes \(what); remove \"clientCredentials\" or change \"scheme\"")
        }
        authentication.clientCredentials = Self.clientCredentials(credentials, report)
    }

    /// A fixed header field would be replaced by the token.
    private func checkTokenHeader(_ node: JSONNode, _ report: Report) {
        guard case .header(let name) = authentication.scheme else { return }
        for member in node["headers"]?.members ?? [] where member.key.lowercased() == name.lowercased() {
            report.error(
                member.keyPosition, "the token goes into \"\(member.key)\" by \"authentication\"; remove it here")
        }
    }

    private static func clientCredentials(_ node: JSONNode, _ report: Report) -> ClientCredentialsModel? {
        guard ["endpoint", "clientID", "clientSecret", "token"].allSatisfy({ node[$0]?.string != nil }) else {
            return nil
        }
        if (node["expiresAt"] == nil) == (node["expiresIn"] == nil) {
            report.error(
                node.position,
                "\"clientCredentials\" needs one of \"expiresAt\" and \"expiresIn\"; write the field that the response has"
            )
        }
        var model = ClientCredentialsModel()
        KeywordTable.clientCredentials.bind(node, to: &model)
        return model
    }

    private mutating func readEnvelope(_ node: JSONNode, _ report: Report) {
        guard let value = node["envelope"], value["code"]?.string != nil else { return }
        let success = value["success"]?.elements ?? []
        if success.isEmpty, let list = value["success"] {
            report.error(list.position, "\"success\" is empty; name at least one code, such as 0")
        }
        var envelope = Envelope(code: "", success: [])
        KeywordTable.envelope.bind(value, to: &envelope)
        let names = ["code", "message", "payload", "traceID"].compactMap { value[$0] }
        for (index, name) in names.enumerated() where names[..<index].contains(where: { $0.string == name.string }) {
            report.error(
                name.position, "two parts of \"envelope\" are called \"\(name.string ?? "")\"; give each its own field")
        }
        for name in names {
            guard let text = name.string, let problem = FieldPath.problem(of: text) else { continue }
            report.error(name.position, "\"\(text)\" \(problem)")
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
                guard let rate = Rate(member.value, report) else { continue }
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
            report.error(value.position, "\"\(text)\" is not an offset from UTC; write one like \"+08:00\", or \"UTC\"")
            return
        }
        timeZoneOffset = sign * ((digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60)
    }

    private mutating func readEnvironment(_ node: JSONNode, _ report: Report) {
        guard let value = node["environment"] else { return }
        for member in value.members ?? [] {
            guard let text = member.value.string, !text.isEmpty else { continue }
            let isFine = text.utf8.allSatisfy { $0.isDigitByte || $0 == 0x5F || (0x41...0x5A).contains($0) }
            if !isFine || text.utf8.first?.isDigitByte == true {
                report.error(
                    member.value.position,
                    "\"\(text)\" cannot be an environment variable; use capitals, digits and \"_\"")
            }
        }
        KeywordTable.environment.bind(value, to: &environment)
    }
}

extension Rate {
    /// Nil after a mistake that is reported already.
    init?(_ node: JSONNode?, _ report: Report) {
        guard let node, let value = node["limit"], value.double != nil,
            let per = node["per"]?.string.flatMap(Rate.Unit.init(rawValue:))
        else { return nil }
        self.init(0, per: per)
        KeywordTable.rate.bind(node, to: &self)
        if secondsPerCall == nil {
            report.error(
                value.position,
                "\"limit\" must be above 0, at least one call a day and at most a billion a second, not \(value.compactText)"
            )
        }
    }
}

/// The base URL and its variables.
extension ServiceSettings {
    mutating func readVariables(_ node: JSONNode, _ report: Report) {
        var names: [String: String] = [:]
        for member in node["variables"]?.members ?? [] where member.value["default"]?.string != nil {
            let swiftName = SwiftName.lowerCamel(member.key)
            if !SwiftName.isValueName(swiftName) || SwiftName.takenInInitializers.contains(swiftName) {
                report.error(
                    member.keyPosition,
                    "\"\(member.key)\" cannot be the name of an argument of the client; choose another, such as \"region\""
                )
            } else if let other = names.updateValue(member.key, forKey: swiftName) {
                report.error(
                    member.keyPosition,
                    "\"\(member.key)\" is \"\(swiftName)\" in Swift, as is \"\(other)\"; rename one")
            }
            variables.append(
                VariableModel(
                    variable: BaseURLVariable(
                        member.key, default: member.value["default"]?.string ?? "",
                        values: member.value["enum"]?.elements?.compactMap(\.string) ?? []),
                    swiftName: swiftName, description: member.value["description"]?.string))
        }
    }

    func checkBaseURL(_ node: JSONNode, _ report: Report) {
        guard let value = node["baseURL"], let text = value.string else {
            if let variables = node.member("variables") {
                report.error(variables.keyPosition, "\"variables\" are those of \"baseURL\"; add it, or remove them")
            }
            return
        }
        guard let names = Template.placeholders(in: text) else {
            report.error(value.position, "\"baseURL\" has a brace without its partner; write {name} for each variable")
            return
        }
        guard checkNames(names, node, value, report), checkValues(text, node, report) else { return }
        let filled = try? BaseURLTemplate(text, variables.map(\.variable)).filled()
        if let problem = URLText.baseURLProblem(filled ?? text, allowsInsecureHTTP: allowsInsecureHTTP) {
            report.error(value.position, problem)
        }
    }

    /// Whether the base URL names each variable that there is, and no other.
    private func checkNames(_ names: [String], _ node: JSONNode, _ baseURL: JSONNode, _ report: Report) -> Bool {
        let members = node["variables"]?.members ?? []
        var isFine = true
        for name in names where !members.contains(where: { $0.key == name }) {
            let hint = Suggestion.nearest(to: name, in: members.map(\.key)).map { "did you mean \"\($0)\"?" }
            report.error(
                baseURL.position,
                "\"baseURL\" names \"{\(name)}\", which is not a variable; \(hint ?? "add it to \"variables\"")")
            isFine = false
        }
        for member in members where !names.contains(member.key) {
            report.error(
                member.keyPosition,
                "\"baseURL\" has no placeholder for \"\(member.key)\"; write {\(member.key)} into it, or remove the variable"
            )
            isFine = false
        }
        return isFine && variables.count == members.count
    }

    /// Whether every value can stand where its variable does.
    private func checkValues(_ text: String, _ node: JSONNode, _ report: Report) -> Bool {
        let template = BaseURLTemplate(text, variables.map(\.variable))
        var isFine = true
        for model in variables {
            guard let spec = node["variables"]?[model.variable.name] else { continue }
            var open = model.variable
            open.values = []
            for value in spec["enum"]?.elements ?? [] {
                guard let text = value.string, let problem = template.problem(with: text, of: open) else { continue }
                report.error(value.position, "a value of \"\(model.variable.name)\" \(problem)")
                isFine = false
            }
            if let list = spec["enum"], list.elements?.isEmpty == true {
                report.error(list.position, "\"enum\" is empty; name the values that are allowed, or remove it")
            }
            guard let value = spec["default"], let text = value.string else { continue }
            if let problem = template.problem(with: text, of: isFine ? model.variable : open) {
                report.error(value.position, "the default of \"\(model.variable.name)\" \(problem)")
                isFine = false
            }
        }
        return isFine
    }
}
