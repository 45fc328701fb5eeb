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
