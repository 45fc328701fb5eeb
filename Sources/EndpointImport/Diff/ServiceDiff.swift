import EndpointCore
import EndpointSpec

/// Compares what two versions of `service.json` say.
struct ServiceDiff {
    let old: ServiceModel
    let new: ServiceModel
    let list: ChangeList

    private var position: SourcePosition { new.position }

    func compare() {
        list.compare(old.name, new.name, .serviceRenamed, "the service's name", position, key: "name", { $0 })
        if old.isExtension != new.isExtension {
            list.add(.serviceRenamed, "whether the module extends another one changed", position, key: "extends")
        }
        compareAddress()
        let (before, after) = (SpecForm(old), SpecForm(new))
        let forms = (before.service(old), after.service(new))
        list.compare(
            forms.0["headers"], forms.1["headers"], .fixedHeaderChanged, "\"headers\"", position, key: "headers")
        list.compare(
            Self.scheme(forms.0), Self.scheme(forms.1), .schemeChanged, "the authentication scheme", position,
            key: "authentication")
        list.compare(
            forms.0["authentication"]?["clientCredentials"], forms.1["authentication"]?["clientCredentials"],
            .credentialsChanged, "\"clientCredentials\"", position, key: "authentication")
        list.compare(
            forms.0["envelope"], forms.1["envelope"], .envelopeChanged, "\"envelope\"", position, key: "envelope")
        ErrorRuleDiff(list: list, position: position).compare((old.errors, before), (new.errors, after))
        list.compare(
            old.timeZoneOffset, new.timeZoneOffset, .timeZoneChanged, "the offset of the time zone in seconds",
            position, key: "timeZone", { "\($0)" })
        list.compare(
            forms.0["environment"], forms.1["environment"], .environmentChanged, "\"environment\"", position,
            key: "environment")
        list.compare(forms.0["account"], forms.1["account"], .accountChanged, "\"account\"", position, key: "account")
        compareProfiles()
        compareTexts()
    }

    private static func scheme(_ form: JSONObject) -> JSONValue? {
        guard var scheme = form["authentication"]?.object else { return nil }
        scheme["clientCredentials"] = nil
        return .object(scheme)
    }

    private func compareAddress() {
        list.compare(
            old.baseURL ?? "", new.baseURL ?? "", .baseURLChanged, "the base URL", position, key: "baseURL",
            ChangeList.quoted)
        if old.allowsInsecureHTTP != new.allowsInsecureHTTP {
            list.add(
                new.allowsInsecureHTTP ? .insecureAllowed : .insecureForbidden,
                "\"allowInsecureHTTP\" is \(new.allowsInsecureHTTP)", position, key: "allowInsecureHTTP")
        }
        for variable in old.variables {
            let name = ChangeList.quoted(variable.variable.name)
            guard let other = new.variables.first(where: { $0.variable.name == variable.variable.name }) else {
                list.add(.variableRemoved, "the variable \(name) was removed", position, key: "variables")
                continue
            }
            list.compare(
                variable.variable.defaultValue, other.variable.defaultValue, .variableDefaultChanged,
                "the default of the variable \(name)", position, key: "variables", ChangeList.quoted)
            let (before, after) = (variable.variable.values, other.variable.values)
            if before != after {
                let isWider = after.isEmpty || !before.isEmpty && before.allSatisfy { after.contains($0) }
                list.add(
                    isWider ? .variableWidened : .variableNarrowed, "the values of the variable \(name) changed",
                    position, key: "variables")
            }
            list.compare(
                variable.description ?? "", other.description ?? "", .textChanged,
                "the description of the variable \(name)", position, key: "variables", ChangeList.quoted)
        }
        for variable in new.variables
        where !old.variables.contains(where: { $0.variable.name == variable.variable.name }) {
            list.add(
                .variableAdded, "the variable \(ChangeList.quoted(variable.variable.name)) was added", position,
                key: "variables")
        }
    }

    private func compareProfiles() {
        for profile in old.rateProfiles {
            let name = ChangeList.quoted(profile.name)
            guard let other = new.rateProfiles.first(where: { $0.name == profile.name }) else {
                list.add(.rateProfileRemoved, "the rate profile \(name) was removed", position, key: "rateProfiles")
                continue
            }
            if profile != other {
                list.add(.rateChanged, "the figures of the rate profile \(name) changed", position, key: "rateProfiles")
            }
        }
        for profile in new.rateProfiles where !old.rateProfiles.contains(where: { $0.name == profile.name }) {
            list.add(
                .rateProfileAdded, "the rate profile \(ChangeList.quoted(profile.name)) was added", position,
                key: "rateProfiles")
        }
    }

    private func compareTexts() {
        func text(_ key: String, _ what: String, _ old: String?, _ new: String?) {
            list.compare(old ?? "", new ?? "", .textChanged, what, position, key: key, ChangeList.quoted)
        }
        text("title", "the service's title", old.title, new.title)
        text("summary", "the service's summary", old.summary, new.summary)
        text("documentation", "the address of the documentation", old.documentation, new.documentation)
        for group in new.groups {
            guard let other = old.groups.first(where: { $0.typeName == group.typeName }) else { continue }
            text("groups", "the title of the group \(group.typeName)", other.title, group.title)
        }
    }
}
