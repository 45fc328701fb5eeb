import EndpointCore
import EndpointSpec
import TestSupport
import Testing

@Suite("The checked model")
struct ModelTests {
    private let samples: ServiceModel

    init() throws {
        samples = try SpecFiles(fixture: "Drive").model()
    }

    private func endpoint(_ id: String) throws -> EndpointModel {
        try #require(samples.endpoints.first { $0.id == id })
    }

    @Test("the model of a service holds what all endpoints share")
    func service() throws {
        #expect(samples.name == "Drive")
        #expect(samples.baseURL == "https://api.example.com")
        #expect(samples.headers.map { "\($0.name): \($0.value)" } == ["Platform: open_platform"])
        #expect(samples.authentication.scheme == .bearer)
        #expect(samples.envelope?.code == "code")
        #expect(samples.envelope?.success == [.integer(0)])
        #expect(samples.envelope?.payload == "data")
        #expect(samples.timeZoneOffset == 8 * 3600)
        #expect(samples.errors.map(\.kind.rawValue).prefix(3) == ["authentication", "authentication", "throttled"])
        #expect(samples.errors.map(\.refreshesToken).prefix(3) == [false, true, false])
        #expect(samples.errors.map(\.isRetryable).prefix(3) == [false, false, true])
        #expect(samples.rateProfiles.map(\.name) == ["free", "member"])
        #expect(samples.rateProfiles[0].keys == ["*", "file.listFiles"])
        #expect(samples.rateProfiles[0].rates["*"] == Rate(1, per: .second))
        #expect(samples.groups.map(\.typeName) == ["Auth", "File", "OSS", "Transcode", "Upload"])
        #expect(samples.groups.map(\.propertyName) == ["auth", "file", "oss", "transcode", "upload"])
        #expect(samples.types.map(\.name) == ["DriveFile", "FileName", "UserToken"])
    }

    @Test("a group has its own title, or that of the extended module")
    func groupTitles() throws {
        func module(_ service: String) -> SpecFiles {
            let spec = #"{ "summary": "Does it.", "method": "GET", "path": "/a", "response": null }"#
            return SpecFiles([
                "service.json": service, "Items/one.json": spec, "Jobs/two.json": spec.replacing("/a", with: "/b"),
            ])
        }
        let base = module(
            #"{ "name": "Shop", "baseURL": "https://a.example", "groups": { "Items": { "title": "商品" }, "Jobs": { "title": "任务" } } }"#
        )
        #expect(try base.model().groups.map(\.title) == ["商品", "任务"])
        #expect(try base.model().endpoints.map(\.group.title) == ["商品", "任务"])
        let mine = SpecFiles([
            "service.json": #"{ "extends": "Shop", "groups": { "Jobs": { "title": "工作" } } }"#,
            "Items/more.json": #"{ "summary": "Does it.", "method": "GET", "path": "/c", "response": null }"#,
            "Jobs/more.json": #"{ "summary": "Does it.", "method": "GET", "path": "/d", "response": null }"#,
        ])
        #expect(try mine.model(base: base).groups.map(\.title) == ["商品", "工作"])
    }

    @Test("the model of a list has its arguments in the order written, its pager and its payload")
    func list() throws {
        let list = try endpoint("file.listFiles")
        #expect(list.methodName == "listFiles")
        #expect(
            list.arguments.map(\.swiftName) == ["parentFileID", "limit", "searchData", "searchMode", "lastFileID"])
        #expect(list.arguments.map { $0.defaultValue?.integer } == [0, 100, nil, nil, nil])
        #expect(list.arguments.map(\.isOptional) == [false, false, true, true, true])
        #expect(list.isIdempotent)
        #expect(list.rate == Rate(15, per: .second))
        let paging = try #require(list.paging)
        #expect(paging.name == "allFiles")
        #expect(paging.size == "limit")
        #expect(paging.hide.map(\.field) == ["trashed"])
        guard case .cursor("lastFileId", "lastFileId", let end) = paging.style else {
            Issue.record("no cursor: \(paging.style)")
            return
        }
        #expect(end.integer == -1)
        guard case .payload(let schema) = list.response, case .object(let object) = schema.kind,
            case .array(let items) = object.fields[1].schema.kind, case .reference("DriveFile") = items.kind
        else {
            Issue.record("another payload: \(list.response)")
            return
        }
        #expect(object.name == "ListFilesResponse")
        #expect(object.owner == .endpoint(id: "file.listFiles", group: "File"))
        #expect(object.fields[1].schema.leniency.nullAsEmpty)
    }

    @Test("an enumeration without a name is named after its field, and after the method where it is a parameter")
    func enumerations() throws {
        guard case .enumeration(let mode) = try endpoint("file.listFiles").query[3].schema.kind,
            case .object(let file) = samples.types[0].schema.kind,
            case .enumeration(let kind) = file.fields[2].schema.kind
        else {
            Issue.record("no enumerations")
            return
        }
        #expect(mode.name == "ListFilesSearchMode")
        #expect(mode.owner == .endpoint(id: "file.listFiles", group: "File"))
        #expect(kind.name == "Kind")
        #expect(kind.owner == .enclosing)
        #expect(kind.cases.map(\.swiftName) == ["file", "folder"])
        #expect(file.owner == .type("DriveFile"))
    }

    @Test("a variant shares types with its base, and has a pager and constants of its own")
    func variants() throws {
        let variant = try endpoint("transcode.listCloudVideos")
        #expect(variant.variantOf == "file.listFiles")
        #expect(variant.path == "/api/v2/file/list")
        #expect(variant.query.map(\.name).last == "category")
        #expect(variant.query.last?.constant?.integer == 2)
        #expect(!variant.arguments.contains { $0.name == "category" })
        #expect(variant.paging?.name == "allCloudVideos")
        #expect(variant.title == "获取云盘视频文件")
        guard case .payload(let schema) = variant.response, case .object(let object) = schema.kind,
            case .enumeration(let mode) = variant.query[3].schema.kind
        else {
            Issue.record("another payload: \(variant.response)")
            return
        }
        #expect(object.name == "ListFilesResponse")
        #expect(object.owner == .endpoint(id: "file.listFiles", group: "File"))
        #expect(mode.owner == .endpoint(id: "file.listFiles", group: "File"))
    }

    @Test("a variant leaves hidden fields out, and takes changed defaults")
    func variantChanges() throws {
        let model = try SpecFiles.broken().model()
        let variant = try #require(model.endpoints.first { $0.id == "items.listSpecials" })
        #expect(variant.arguments.map(\.name) == ["folder", "limit", "page", "tags"])
        #expect(variant.query.map(\.name) == ["limit", "page", "tags", "kind"])
        guard case .page("page", first: 2, total: "total", untilShortPage: false)? = variant.paging?.style else {
            Issue.record("other paging: \(String(describing: variant.paging?.style))")
            return
        }
    }

    @Test("scalar types are inlined with their description")
    func scalarTypes() throws {
        let field = try #require(endpoint("upload.createUpload").body.fields.first { $0.name == "filename" })
        guard case .string = field.schema.kind else {
            Issue.record("not inlined: \(field.schema.kind)")
            return
        }
        #expect(field.schema.constraints.maxLength == 255)
        #expect(field.description == #"A name without the characters " \ / : * ? | > <."#)
    }

    @Test("a batch names what is split and collected; an array that it reads cannot be absent")
    func batch() throws {
        let rename = try endpoint("file.renameFiles")
        #expect(rename.batch?.over == "renameList")
        #expect(rename.batch?.collect == ["successList", "failList"])
        #expect(rename.batch?.name == "renameFilesInBatches")
        #expect(rename.partialFailures == "failList")
        #expect(rename.nullPayloadAsEmpty)
        #expect(rename.arguments.map(\.swiftName) == ["renames"])
        guard case .payload(let schema) = rename.response, case .object(let object) = schema.kind,
            case .array(let items) = rename.body.fields[0].schema.kind
        else {
            Issue.record("another payload")
            return
        }
        #expect(object.fields.map(\.isOptional) == [false, false])
        #expect(items.encoding.template == "{fileID}|{newName}")
    }

    @Test("the model has the encodings, hosts and bodies of the specs")
    func forms() throws {
        let copy = try endpoint("oss.createCopyTask")
        #expect(!copy.isIdempotent)
        #expect(copy.arguments.map(\.name) == ["fileIDs", "toParentFileID"])
        guard case .array(let ids) = copy.body.fields[0].schema.kind,
            case .value(let whole, .json) = try endpoint("transcode.importFromDrive").body,
            case .array(let wrapped) = whole.schema.kind,
            case .fields(let parts, .multipart) = try endpoint("upload.uploadSlice").body,
            case .binary(filename: "slice") = parts[3].schema.kind
        else {
            Issue.record("other bodies")
            return
        }
        #expect(ids.encoding.wire == .string)
        #expect(whole.name == "fileIDs")
        #expect(wrapped.encoding.wrap == "fileId")
        #expect(try endpoint("upload.uploadSlice").host == .announced(["upload.createUpload", "upload.uploadHosts"]))
        #expect(try endpoint("auth.exchangeCode").envelope == .errors)
        #expect(try !endpoint("auth.exchangeCode").isAuthenticated)
        guard case .payload(let token) = try endpoint("auth.exchangeCode").response,
            case .reference("UserToken") = token.kind
        else {
            Issue.record("another payload")
            return
        }
    }

    @Test("polling has default intervals and timeouts")
    func polling() throws {
        let model = try SpecFiles.broken().model()
        let polling = try #require(model.endpoints.first { $0.id == "jobs.jobStatus" }?.polling)
        #expect(polling.name == "waitForJobStatus")
        #expect(polling.interval == 1)
        #expect(polling.timeout == 600)
        #expect(polling.until.map(\.field) == ["state"])
        #expect(polling.until.map { $0.values.map(\.integer) } == [[2]])
        #expect(polling.pending == [.integer(9)])
    }

    @Test("an endpoint at a caller's URL has neither token nor envelope")
    func callerURL() throws {
        let fixture = try SpecFiles(fixture: "Drive").with(
            "Upload/putPart.json",
            """
            { "summary": "Puts a part.", "method": "PUT", "url": "caller", "encoding": "binary",
              "headers": { "Content-Type": { "type": "string", "default": "application/octet-stream" } },
              "bodyType": { "argument": "part", "type": "string", "format": "binary" },
              "responseType": { "type": "string", "format": "binary" },
              "examples": [ { "name": "part", "request": { "url": "https://x.example/1", "part": { "$base64": "AAE=" } },
                              "response": { "$text": "" } } ] }
            """)
        let put = try #require(fixture.model().endpoints.first { $0.id == "upload.putPart" })
        #expect(put.host == .caller)
        #expect(!put.isAuthenticated)
        #expect(put.envelope == .none)
        #expect(put.path == "")
        guard case .value(let part, .binary) = put.body, case .binary = put.response else {
            Issue.record("no bytes")
            return
        }
        #expect(part.swiftName == "part")
    }

    @Test("one name for two equal types of a group is one type")
    func sharedName() throws {
        let item = #"{ "name": "Thing", "properties": { "id": { "type": "integer" } } }"#
        let fixture = SpecFiles([
            "service.json": #"{ "name": "A", "baseURL": "http://localhost:8080" }"#,
            "G/a.json": #"{ "summary": "A.", "method": "GET", "path": "/a", "response": { "thing": \#(item) } }"#,
            "G/b.json": #"{ "summary": "B.", "method": "GET", "path": "/b", "response": { "thing": \#(item) } }"#,
        ])
        let owners = try fixture.model().endpoints.map { endpoint -> TypeOwner? in
            guard case .payload(let schema) = endpoint.response, case .object(let object) = schema.kind,
                case .object(let thing) = object.fields[0].schema.kind
            else { return nil }
            return thing.owner
        }
        #expect(owners == [.endpoint(id: "g.a", group: "G"), .endpoint(id: "g.a", group: "G")])
    }

    @Test("conditions, letters, statuses and what is sensitive in messages only")
    func conditions() throws {
        let model = try SpecFiles(fixture: "Warehouse").model()
        let endpoint = try #require(model.endpoints.first { $0.id == "jobs.parcelStatus" })
        let polling = try #require(endpoint.polling)
        #expect(
            polling.until == [
                FieldCondition("good", [0], isNegated: true), FieldCondition("ready", [true]),
                FieldCondition("state", [1, 3], isNegated: true),
            ])
        #expect(polling.fail == [FieldCondition("state", [3])])
        #expect(endpoint.query.map(\.schema.encoding.letterCase) == [.lower])
        #expect(endpoint.errors.map(\.status) == [404...404, 500...599])
        #expect(endpoint.errors.map(\.retry) == [nil, false])
        let types = TypeTable(model)
        #expect(types.sensitiveFields(of: endpoint) == ["code"])
        #expect(types.hiddenFields(of: endpoint).isEmpty)
    }
}
