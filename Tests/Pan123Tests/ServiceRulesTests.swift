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
