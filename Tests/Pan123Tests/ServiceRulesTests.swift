import EndpointDynamic
import EndpointTesting
import Foundation
import Pan123
import Testing
import TestSupport

/// What `service.json` and single specs declare, at work in typed calls.
@Suite("Rules of the service")
struct ServiceRulesTests {
    private func client(
        _ transport: RecordingTransport, _ clock: ManualClock, profile: String? = nil
    ) -> Pan123Client {
        Pan123Client(
            tokens: FixedToken("any"),
            configuration: ClientConfiguration(
                transport: transport, rateProfile: profile, clock: clock.clientClock, random: { 1 }))
    }

    private static let verifying = #"{"code":20103,"message":"文件正在校验中,请间隔1秒后再试","data":null}"#

    @Test("a file that is still being verified is waited for")
    func pendingAlone() async throws {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport(
            json: Self.verifying, Self.verifying, #"{"code":0,"data":{"downloadUrl":"https://cdn.example.com/a"}}"#)
        let info = try await client(transport, clock).file.waitForDownloadInfo(fileID: 7)
        #expect(info.downloadURL == "https://cdn.example.com/a")
        let links = RecordingTransport(json: Self.verifying, #"{"code":0,"data":{"url":"https://vip.example.com/b"}}"#)
        #expect(try await client(links, clock).directLink.waitForURL(fileID: 7).url == "https://vip.example.com/b")
        #expect(transport.requests.count == 3)
        #expect(links.requests.count == 2)
    }

    @Test("the plain call does not wait: pending is an error that says what to do")
    func pendingOnce() async {
        let transport = RecordingTransport(json: Self.verifying)
        let error = await failure { () throws(APIError) in
            try await client(transport, ManualClock(isImpatient: true)).file.downloadInfo(fileID: 7)
        }
        #expect(error?.kind == .pending)
        #expect(error?.attempts == 1)
        #expect(error?.remedy == "The file is still being verified: ask again after a second.")
    }

    @Test("too many tokens: no new one is made, in whichever words the service says it")
    func tooManyTokens() async {
        for message in ["tokens number has exceeded the limit", "tokens number has exceeded the imit"] {
            let transport = RecordingTransport(json: #"{"code":401,"message":"\#(message)","data":null}"#)
            let clock = ManualClock()
            let configuration = ClientConfiguration(transport: transport, clock: clock.clientClock)
            let store = MemoryTokenStore()
            let tokens = ClientCredentialsProvider(
                service: Pan123Client.service, clientID: "id", clientSecret: "secret", store: store,
                configuration: configuration)
            let old = AccessToken("old", issuedAt: clock.date.addingTimeInterval(-86400))
            _ = try? await store.updateToken(for: tokens.credential) { _ in old }
            let pan = Pan123Client(tokens: tokens, configuration: configuration)
            let error = await failure { () throws(APIError) in try await pan.user.info() }
            #expect(error?.kind == .authentication)
            #expect(error?.remedy?.contains("share one token") == true)
            #expect(transport.requests.map(\.url.path) == ["/api/v1/user/info"])
        }
    }

    @Test("a rate below one a second holds: one call every five seconds")
    func slowRate() async throws {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport(json: #"{"code":0,"data":{"total":0,"fileList":[]}}"#)
        let pan = client(transport, clock, profile: "free")
        for _ in 0..<4 { _ = try await pan.file.listFilesByPage(parentFileID: 0, page: 1, limit: 100) }
        #expect(transport.requests.count == 4)
        #expect(clock.now == .seconds(15))
    }

    @Test("third-party apps have their own rates, for each user")
    func thirdParty() throws {
        let rates = try #require(Pan123Client.service.rateProfiles["thirdParty"])
        let perSecond = [
            "file.listFilesByPage": 1, "file.deleteFiles": 1, "file.moveFiles": 10, "file.createFolder": 5,
            "auth.createAccessToken": 8,
        ]
        for (id, limit) in perSecond { #expect(rates[id] == Rate(Double(limit), per: .second), "\(id)") }
    }

    @Test("every POST to the API says what its body is, and one without fields has an empty object")
    func bodies() async throws {
        let module = try DynamicModule(.pan123)
        let configuration = ClientConfiguration(transport: RecordingTransport(json: "{}"))
        let client = Client(service: module.service, configuration: configuration)
        var empty: [String] = []
        for endpoint in module.endpoints where endpoint.model.method == .post && endpoint.model.envelope == .service {
            let example = try #require(endpoint.model.examples.first { $0.request != nil }?.request?.object)
            let request = try client.request(for: endpoint.endpoint(with: example))
            let type = try #require(request.headers["Content-Type"], "\(endpoint.id)")
            guard !type.hasPrefix("multipart/form-data") else { continue }
            #expect(type == "application/json")
            if request.body == .data(Data("{}".utf8)) { empty.append(endpoint.id) }
        }
        #expect(empty == ["directLink.refreshCache", "transcode.spaceFolder"])
    }

    @Test("an upload is done when it is completed and has an ID")
    func upload() async throws {
        func body(_ isCompleted: Bool, _ id: Int) -> String {
            #"{"code":0,"message":"ok","data":{"completed":\#(isCompleted),"fileID":\#(id)},"x-traceID":""}"#
        }
        let transport = RecordingTransport(json: body(false, 0), body(true, 0), body(true, 7))
        let pan = client(transport, ManualClock(isImpatient: true))
        let result = try await pan.upload.waitForUpload(preuploadID: "p")
        #expect(result.fileID == 7)
        #expect(transport.requests.count == 3)
    }

    @Test("checksums in upper case are sent in lower case, and others are refused")
    func checksums() async {
        let transport = RecordingTransport(json: #"{"code":0,"data":{"reuse":true,"fileID":7}}"#)
        let upload = client(transport, ManualClock(isImpatient: true)).upload
        let sum = "5D41402ABC4B2A76B9719D911017C592"
        _ = try? await upload.createUpload(filename: "a", etag: sum, size: 0)
        #expect(transport.requests.first?.body.text.contains(sum.lowercased()) == true)
        #expect(transport.requests.first?.body.text.contains(#""size":0"#) == true)
        let error = await failure { () throws(APIError) in
            _ = try await upload.createUpload(filename: "a", etag: sum + "0", size: 0)
        }
        #expect(error?.kind == .invalidParameter)
        #expect(transport.requests.count == 1)
    }

    @Test("a piece of a video needs its name")
    func segments() async throws {
        let transport = RecordingTransport(
            json: #"{"code":0,"data":{"downloadUrl":"https://v.example.com/1","isFull":false}}"#)
        let transcode = client(transport, ManualClock(isImpatient: true)).transcode
        _ = try await transcode.segmentURL(fileID: 1, resolution: "1080P", tsName: "001")
        _ = try await transcode.renditionURL(fileID: 1, resolution: "1080P")
        #expect(
            transport.requests.map(\.body.text) == [
                #"{"fileId":1,"resolution":"1080P","type":2,"tsName":"001"}"#,
                #"{"fileId":1,"resolution":"1080P","type":1}"#,
            ])
        let error = await failure { () throws(APIError) in
            _ = try await transcode.segmentURL(fileID: 1, resolution: "1080P", tsName: "")
        }
        #expect(error?.kind == .invalidParameter)
    }

    @Test("a batch returns what each part was told")
    func tasks() async throws {
        let transport = RecordingTransport(
            json: #"{"code":0,"data":{"taskID":"a"}}"#, #"{"code":0,"data":{"taskID":"b"}}"#)
        let outcome = await client(transport, ManualClock(isImpatient: true)).oss.createCopyTaskInBatches(
            fileIDs: Array(1...150))
        #expect(outcome.responses.map(\.taskID) == ["a", "b"])
        #expect(outcome.isComplete)
    }

    @Test("a joined list of nothing is an empty list")
    func emptyJoinedList() async throws {
        let body =
            #"{"code":0,"data":{"IsGetResolution":true,"Resolutions":"","NowOrFinishedResolutions":"1080p,720p","CodecNames":"H.264","VideoTime":51}}"#
        let response = try await client(RecordingTransport(json: body), ManualClock())
            .transcode.videoResolutions(fileID: 7)
        #expect(response.resolutions == [])
        #expect(response.startedResolutions == ["1080p", "720p"])
        let again = try JSONDecoder().decode(type(of: response), from: JSONEncoder().encode(response))
        #expect(again == response)
    }
}
