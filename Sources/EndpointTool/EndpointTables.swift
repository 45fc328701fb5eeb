import EndpointCore
import EndpointSpec

/// The endpoints of a module as Markdown: what each is and how often it may be called, and how to reach it.
package struct EndpointTables {
    private let model: ServiceModel
    /// The terminal program that has the endpoints as commands; nil leaves its column out.
    private let program: String?
    /// How the text is made again, for people who would edit it.
    private let source: String

    package init(_ model: ServiceModel, program: String?, source: String) {
        self.model = model
        self.program = program
        self.source = source
    }

    package var text: String {
        """
        # Endpoints

        The \(model.endpoints.count) endpoints of \(model.title ?? model.name). Made from the specs by `\(source)`: \
        edit those, not this page.

        ## What each does

        \(rateNote)

        \(overview)
        ## Where each is

        The official path, the spec that describes it, the call in Swift, \(program.map { "the command of `\($0)`, " } ?? "")and the \
        examples in the spec that tests send and decode.

        \(locations)
        """
    }

    // MARK: Tables

    private var rateNote: String {
        let profiles = model.rateProfiles.map { "`\($0.name)`" }.joined(separator: ", ")
        let columns =
            profiles.isEmpty ? "" : " The columns \(profiles) are the rates of a client with that rate profile."
        return "Rate is the newest figure that the service publishes; empty where it publishes none.\(columns)"
    }

    private var overview: String {
        let profiles = model.rateProfiles
        let header = ["Endpoint", "Method", "Path", "Title", "Group", "Rate"] + profiles.map(\.name) + ["Paging"]
        return table(
            header,
            model.endpoints.map { endpoint in
                [
                    code(endpoint.id), endpoint.method.rawValue, path(endpoint), title(endpoint),
                    endpoint.group.title ?? endpoint.group.typeName, endpoint.rate.map(figure) ?? "",
                ] + profiles.map { figure($0, endpoint) } + [paging(endpoint)]
            })
    }

    private var locations: String {
        var header = ["Path", "Spec", "Swift"]
        if program != nil { header.append("Command") }
        return table(
            header + ["Examples"],
            model.endpoints.map { endpoint in
                var cells = ["\(endpoint.method) \(path(endpoint))", code(endpoint.file), swift(endpoint)]
                if let program {
                    let words = [endpoint.group.propertyName, endpoint.methodName].map { SwiftName.kebab($0) }
                    cells.append(code("\(program) \(words.joined(separator: " "))"))
                }
                return cells + [examples(endpoint)]
            })
    }

    // MARK: Cells

    private func path(_ endpoint: EndpointModel) -> String {
        switch endpoint.host {
        case .service: code(endpoint.path)
        case .announced: code(endpoint.path) + " at an announced host"
        case .caller: "an address from another response"
        }
    }

    private func title(_ endpoint: EndpointModel) -> String {
        let title = endpoint.documentation.map { "[\(endpoint.title)](\($0))" } ?? endpoint.title
        return endpoint.isDestructive ? "\(title) (destructive)" : title
    }

    private func figure(_ rate: Rate) -> String {
        let limit = Int64(exactly: rate.limit).map(String.init) ?? "\(rate.limit)"
        return "\(limit)/\(rate.per == .minute ? "min" : "s")"
    }

    private func figure(_ profile: RateProfileModel, _ endpoint: EndpointModel) -> String {
        Rate.choice(own: endpoint.rate, id: endpoint.id, profile: profile.rates).map(figure) ?? ""
    }

    private func paging(_ endpoint: EndpointModel) -> String {
        guard let paging = endpoint.paging else { return "" }
        switch paging.style {
        case .page(let parameter, _, let total, let untilShortPage):
            let end = untilShortPage ? nil : total
            return "\(code(parameter)) until \(end.map { "\(code($0.description)) items" } ?? "a short page")"
        case .offset(let parameter, _, let total):
            return "\(code(parameter)) until \(total.map { "\(code($0.description)) items" } ?? "a short page")"
        case .cursor(let parameter, _, let end): return "\(code(parameter)) until \(code(end.text()))"
        case .next(let field): return "the URL in \(code(field?.description ?? "Link"))"
        case .lastItem(let parameter, let field):
            return "\(code(parameter)) from \(code(field.description)) until a short page"
        }
    }

    private func swift(_ endpoint: EndpointModel) -> String {
        let host: [String] =
            switch endpoint.host {
            case .service: []
            case .announced: ["host"]
            case .caller: ["url"]
            }
        let labels = (host + endpoint.arguments.map(\.swiftName)).map { "\($0):" }.joined()
        let more = [endpoint.paging?.name, endpoint.batch?.name, endpoint.polling?.name].compactMap { $0 }
        let calls = ["\(endpoint.methodName)(\(labels))"] + more.map { "\($0)(…)" }
        return calls.map { code("\(endpoint.group.propertyName).\($0)") }.joined(separator: ", ")
    }

    private func examples(_ endpoint: EndpointModel) -> String {
        endpoint.examples.map { $0.error == nil ? $0.name : "\($0.name) (an error)" }.joined(separator: "; ")
    }

    // MARK: Markdown

    private func code(_ text: String) -> String { "`\(text)`" }

    private func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header, header.map { _ in "---" }] + rows)
            .map { cells in "| " + cells.map(escaped).joined(separator: " | ") + " |\n" }.joined()
    }

    private func escaped(_ cell: String) -> String {
        cell.map { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) }.joined()
    }
}
