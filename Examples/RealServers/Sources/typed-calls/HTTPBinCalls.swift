import EndpointKit
import Foundation
import HTTPBin
import KeyedHTTPBin

func checkHTTPBin(port: String, _ expectations: inout Expectations) async throws(APIError) {
    let client = HTTPBinClient(port: port, token: "ann:pass word")
    try await checkBodies(client, &expectations)

    let login = try await client.session.logIn(user: "ann", password: "pass word")
    expectations.expect("basic authentication", login, .init(authenticated: true, user: "ann"))
    let stranger = HTTPBinClient(port: port, token: "ann:planted-secret")
    let refused = await expectations.expectError("a wrong password", .authentication, status: 401) {
        () async throws(APIError) in try await stranger.session.logIn(user: "ann", password: "pass word")
    }
    expectations.expect("a password in an error", refused?.description.contains("planted-secret") ?? true, false)

    let key = "key /+&= 1"
    let keyed = KeyedHTTPBinClient(port: port, token: key)
    let shown = try await keyed.keys.showRequest(thing: "a/b", query: "c&d")
    expectations.expect("a key in the query", shown.args["api_key"], key)
    expectations.expect("one name in two locations", shown.args["thing"], "c&d")

    try await client.responses.status(code: 204)
    print("ok  204")
    let teapot = await expectations.expectError("418 by a rule", .conflict, status: 418) { () async throws(APIError) in
        try await client.responses.status(code: 418)
    }
    expectations.expect("the rule's remedy", teapot?.remedy, "Ask for tea.")
    _ = await expectations.expectError("503 by a class of statuses", .service, status: 503) {
        () async throws(APIError) in try await client.responses.status(code: 503)
    }
    let bytes = try await client.responses.bytes(count: 1000, seed: 7)
    expectations.expect("bytes", bytes.count, 1000)
    expectations.expect("the same bytes", bytes == (try await client.responses.bytes(count: 1000, seed: 7)), true)

    let stamped = try await client.responses.stamp(pages: 7)
    expectations.expect("header fields as types", stamped.headers, .init(pages: 7, eTag: nil))
    expectations.expect("the payload beside them", stamped.payload.pagesText, "7")
    var lines: [Int] = []
    for try await line in client.streams.count(lines: 5) { lines.append(line.id) }
    expectations.expect("a stream", lines, [0, 1, 2, 3, 4])

    var configuration = ClientConfiguration(middleware: [CookieJar()])
    configuration.variables = ["port": port]
    let visitor = HTTPBinClient(tokens: nil, configuration: configuration)
    try await visitor.session.setCookie(cookie: "theme=dark; Path=/")
    try await visitor.session.setCookie(cookie: "visit=2")
    expectations.expect(
        "cookies by a middleware", try await visitor.session.showCookies().cookies,
        ["theme": "dark", "visit": "2"])
    expectations.expect(
        "no cookies without it", try await client.session.showCookies().cookies, [:])
}

private func checkBodies(_ client: HTTPBinClient, _ expectations: inout Expectations) async throws(APIError) {
    let form = try await client.bodies.sendForm(
        customer: "Ann & Bob=é+", toppings: ["cheese", "corn"], delivery: .init(street: "1 Main St"))
    expectations.expect(
        "a form", form.form,
        [
            "customer": "Ann & Bob=é+", "toppings": ["cheese", "corn"], "delivery[street]": "1 Main St",
            "delivery[isUrgent]": "false", "kind": "form",
        ])

    let parts = try await client.bodies.sendFiles(
        about: .init(title: "Tea", pages: 2), tags: ["a", "b"], cover: .data(Data([0x89, 0x50])),
        pages: [.data(Data("one".utf8)), .data(Data("two".utf8))])
    expectations.expect(
        "parts", parts.form, ["about": #"{"title":"Tea","pages":2}"#, "tags": ["a", "b"], "kind": "files"])
    // What is not text is shown with the media type of its part.
    expectations.expect("a file and its media type", parts.files["cover"], "data:image/png;base64,iVA=")
    // Of several files of one name, httpbin shows the first.
    expectations.expect("several files of one name", parts.files["pages"], "one")

    let patch = try await client.bodies.patchDocument(title: "Tea", pages: nil)
    expectations.expect("a JSON body", patch.json, ["title": "Tea", "pages": nil])
    expectations.expect("its media type", patch.headers["Content-Type"], "application/merge-patch+json")
}
