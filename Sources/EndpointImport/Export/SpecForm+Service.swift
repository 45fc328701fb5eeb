import EndpointCore
import EndpointSpec

/// `service.json`.
extension SpecForm {
    /// The keywords of a service, without its texts.
    package func service(_ model: ServiceModel) -> JSONObject {
        var form: JSONObject = ["name": .string(model.name)]
        form["baseURL"] = model.baseURL.map { .string($0) }
        if !model.variables.isEmpty {
            var variables = JSONObject()
            for each in model.variables { variables[each.variable.name] = .object(variable(each)) }
            form["variables"] = .object(variables)
        }
        if model.allowsInsecureHTTP { form["allowInsecureHTTP"] = true }
        if !model.headers.isEmpty {
            var headers = JSONObject()
            for (name, value) in model.headers { headers[name] = .string(value) }
            form["headers"] = .object(headers)
        }
        form["authentication"] = .object(authentication(model.authentication))
        form["envelope"] = model.envelope.map { .object(envelope($0)) }
        if !model.errors.isEmpty { form["errors"] = .array(model.errors.map { .object(rule($0)) }) }
        form["errorResponse"] = model.errorResponse.map(errorResponse)
        if !model.rateProfiles.isEmpty {
            var profiles = JSONObject()
            for profile in model.rateProfiles {
                var limits = JSONObject()
                for (key, rate) in profile.limits { limits[key] = .object(self.rate(rate)) }
                profiles[profile.name] = .object(limits)
            }
            form["rateProfiles"] = .object(profiles)
        }
        form["timeZone"] = timeZone(model.timeZoneOffset).map { .string($0) }
        let environment = environment(model.environment)
        if !environment.isEmpty { form["environment"] = .object(environment) }
        form["account"] = model.account.map {
            ["endpoint": .string($0.endpointID), "show": .array($0.show.map { .string($0) })]
        }
        return form
    }

    /// The body of a failure: a reference, or the fields.
    package func errorResponse(_ schema: SchemaModel) -> JSONValue {
        if case .object(let object) = schema.kind { return .object(fields(object.fields)) }
        return .object(self.schema(schema))
    }

    private func variable(_ model: VariableModel) -> JSONObject {
        var form: JSONObject = ["default": .string(model.variable.defaultValue)]
        if !model.variable.values.isEmpty { form["enum"] = .array(model.variable.values.map { .string($0) }) }
        form["description"] = model.description.map { .string($0) }
        return form
    }

    private func authentication(_ model: AuthenticationModel) -> JSONObject {
        var form: JSONObject
        switch model.scheme {
        case .none: form = ["scheme": "none"]
        case .bearer: form = ["scheme": "bearer"]
        case .basic: form = ["scheme": "basic"]
        case .header(let name): form = ["scheme": "header", "header": .string(name)]
        case .query(let name): form = ["scheme": "query", "name": .string(name)]
        }
        guard let credentials = model.clientCredentials else { return form }
        var maker: JSONObject = [
            "endpoint": .string(credentials.endpointID), "clientID": .string(credentials.clientID),
            "clientSecret": .string(credentials.clientSecret), "token": .string(credentials.token),
        ]
        maker["expiresAt"] = credentials.expiresAt.map { .string($0) }
        maker["expiresIn"] = credentials.expiresIn.map { .string($0) }
        maker["margin"] = .integer(Int64(credentials.margin))
        form["clientCredentials"] = .object(maker)
        return form
    }

    private func envelope(_ envelope: Envelope) -> JSONObject {
        var form: JSONObject = [
            "code": .string(envelope.code.text), "success": .array(envelope.success.map(\.value)),
        ]
        form["message"] = envelope.message.map { .string($0.text) }
        form["payload"] = envelope.payload.map { .string($0.text) }
        form["traceID"] = envelope.traceID.map { .string($0.text) }
        return form
    }

    private func timeZone(_ seconds: Int) -> String? {
        if seconds == 0 { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let minutes = abs(seconds) / 60
        return "\(seconds < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }

    private func environment(_ names: EnvironmentNames) -> JSONObject {
        var form = JSONObject()
        form["baseURL"] = names.baseURL.map { .string($0) }
        form["accessToken"] = names.accessToken.map { .string($0) }
        form["clientID"] = names.clientID.map { .string($0) }
        form["clientSecret"] = names.clientSecret.map { .string($0) }
        return form
    }
}
