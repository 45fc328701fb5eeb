import Books
import EndpointKit
import Foundation
import Ledger
import Testing

/// The samples of "Errors and retries".
@Suite("Articles: errors")
struct ErrorTests {
    @Test("an error says what can be done")
    func kinds() async {
        let transport = responding(#"{"code": 1404, "message": "no account 8", "request_id": "r-2"}"#)
        let ledger = LedgerClient(token: "example", transport: transport)

        do {
            let balance = try await ledger.accounts.balance(id: 8)
            print(balance.cents, balance.currency)
        } catch {
            switch error.kind {
            case .notFound: print("no such account")
            case .authentication: print("log in again")
            case .throttled, .quotaExceeded: print("later")
            default: print(error)
            }
        }

        await #expect {
            _ = try await ledger.accounts.balance(id: 8)
        } throws: { error in
            "\(error)" == "accounts.balance: no account 8 (code 1404, trace id r-2). List the accounts to find the ID."
        }
    }

    @Test("a policy says how often and how long")
    func policy() async {
        let transport = responding("", status: 502)
        var configuration = ClientConfiguration(
            transport: transport,
            retry: RetryPolicy(maxAttempts: 2, baseDelay: .milliseconds(1), maxDelay: .milliseconds(2)))
        configuration.timeout = .seconds(600)

        let books = BooksClient(tokens: nil, configuration: configuration)
        await #expect {
            _ = try await books.catalog.listBooks(author: "Le Guin")
        } throws: { error in
            (error as? APIError)?.attempts == 2
        }
    }

    @Test("an observer receives every retry")
    func observer() async throws {
        struct Printer: ClientObserver {
            func observe(_ event: ClientEvent) {
                if case .retrying(let delay, let error) = event.kind {
                    print("\(event.endpointID): again in \(delay) after \(error)")
                }
            }
        }

        let configuration = ClientConfiguration(transport: responding(onePage), observer: Printer())
        let books = BooksClient(tokens: nil, configuration: configuration)
        #expect(try await books.catalog.listBooks(author: "Le Guin").count == 1)
    }
}
