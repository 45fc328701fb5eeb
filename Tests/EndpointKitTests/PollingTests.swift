import EndpointKit
import EndpointTesting
import Foundation
import Testing
import TestSupport

@Suite("Polling and batches")
struct PollingTests {
    struct Job: Codable, Sendable, Equatable { var status: Int }

    static let endpoint = Endpoint<Job>(.get, "/job", id: "job.status")

    private func poll(
        _ transport: RecordingTransport, clock: ManualClock = ManualClock(isImpatient: true),
        timeout: Duration = .seconds(60),
        pending: [ServiceCode] = [], endpoint: Endpoint<Job> = endpoint
    ) async -> Result<Job, APIError> {
        let client = Client(transport) { $0.clock = clock.clientClock }
        do throws(APIError) {
            return .success(
                try await client.poll(
                    endpoint, interval: .seconds(2), timeout: timeout, pending: pending, until: { $0.status == 2 },
                    failed: { $0.status == 3 }))
        } catch {
            return .failure(error)
        }
    }

    private func job(_ status: Int) -> String { #"{"code":0,"data":{"status":\#(status)}}"# }

    @Test("polls at the interval until the job is done")
    func done() async throws {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport(json: job(1), job(1), job(2))
        #expect(try await poll(transport, clock: clock).get() == Job(status: 2))
        #expect(transport.requests.count == 3)
        #expect(clock.slept == [.seconds(2), .seconds(2)])
    }

    @Test("polling continues after codes that mean “not yet”, by rule or as given; the call itself does not retry them")
    func pending() async throws {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport(
            json: #"{"code":77,"message":"checking"}"#, #"{"code":20,"message":"wait"}"#, job(2))
        #expect(try await poll(transport, clock: clock, pending: [20]).get() == Job(status: 2))
        #expect(clock.slept == [.seconds(2), .seconds(2)])
    }

    @Test("a pending response outside polling is an error, whatever its rule says of retries")
    func pendingOutside() async {
        let transport = RecordingTransport(json: #"{"code":77,"message":"checking"}"#)
        let error = await failure { () throws(APIError) in try await Client(transport).send(Self.endpoint) }
        #expect(error?.kind == .pending)
        #expect(transport.requests.count == 1)
    }

    @Test("a failed job and any other error end the polling")
    func failed() async {
        guard case .failure(let error) = await poll(RecordingTransport(json: job(1), job(3))) else {
            Issue.record("no error")
            return
        }
        #expect(error.kind == .service)
        #expect(error.description == "job.status: the job failed: Job(status: 3)")
        let secretive = await poll(
            RecordingTransport(json: job(3)), endpoint: Self.endpoint.with(\.sensitiveFields, ["status"]))
        #expect(throws: APIError.self) { try secretive.get() }
        if case .failure(let error) = secretive { #expect(error.message == "the job failed") }
        let gone = await poll(RecordingTransport(json: #"{"code":404,"message":"gone"}"#))
        if case .failure(let error) = gone { #expect(error.kind == .notFound) } else { Issue.record("no error") }
    }

    @Test("polling ends with a timeout, and no poll is sent or waited for after the deadline")
    func deadline() async {
        let transport = RecordingTransport(json: job(1))
        guard case .failure(let error) = await poll(transport, timeout: .seconds(5)) else {
            Issue.record("no error")
            return
        }
        #expect(
            error.description == "job.status: timed out after 5 s (3 polls). "
                + "The job continues at the service: check its state later")
        #expect(error.kind == .timeout)
        #expect(transport.requests.map(\.timeout) == [.seconds(5), .seconds(3), .seconds(1)])
    }

    @Test("cancellation ends polling")
    func cancelled() async {
        let clock = ManualClock()
        let transport = RecordingTransport(json: job(1))
        let task = Task { await poll(transport, clock: clock) }
        await clock.waitForSleepers(1)
        task.cancel()
        if case .failure(let error) = await task.value {
            #expect(error.kind == .cancelled)
        } else {
            Issue.record("no error")
        }
    }

    // MARK: Batches

    private func batch(_ transport: RecordingTransport, _ items: [Int], size: Int) async -> BatchOutcome<Int, Job> {
        await Client(transport).batch(items, size: size) { part in
            Endpoint<Job>(.post, "/b", id: "b", body: .json(["ids": part]))
        }
    }

    @Test("a batch sends its parts in order and collects the responses")
    func batch() async {
        let transport = RecordingTransport(json: job(1))
        let outcome = await batch(transport, [1, 2, 3, 4, 5], size: 2)
        #expect(transport.requests.map(\.body.text) == [#"{"ids":[1,2]}"#, #"{"ids":[3,4]}"#, #"{"ids":[5]}"#])
        #expect(outcome.isComplete)
        #expect(outcome.responses.count == 3)
        #expect(outcome.done == [1, 2, 3, 4, 5])
        #expect(outcome.failed.isEmpty && outcome.notSent.isEmpty)
    }

    @Test("an error stops a batch, which reports what was done, what failed and what was not sent")
    func stopped() async {
        let transport = RecordingTransport(json: job(1), #"{"code":404,"message":"gone"}"#)
        let outcome = await batch(transport, [1, 2, 3, 4, 5], size: 2)
        #expect(outcome.done == [1, 2])
        #expect(outcome.failed == [3, 4])
        #expect(outcome.notSent == [5])
        #expect(outcome.stoppedBy?.kind == .notFound)
        #expect(!outcome.isComplete)
        #expect(transport.requests.count == 2)
    }

    @Test("a batch without items sends nothing")
    func edges() async {
        let transport = RecordingTransport(json: job(1))
        #expect(await batch(transport, [], size: 2).isComplete)
        #expect(transport.requests.isEmpty)
    }
}
