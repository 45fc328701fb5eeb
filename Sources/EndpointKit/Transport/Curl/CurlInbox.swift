#if os(Linux)
    internal import CLibcurl
    import Foundation
    import Synchronization

    /// The messages to a transport's thread, and the way to wake it.
    final class CurlInbox: Sendable {
        enum Message {
            /// Begin a transfer.
            case start(CurlTransfer)
            /// End a transfer that nobody waits for any more.
            case abandon(CurlTransfer)
            /// There is room for more of a transfer's body.
            case resume(CurlTransfer)
        }

        private struct State {
            var messages: [Message] = []
            var isStopped = false
            /// Whether the thread could not be started.
            var isBroken = false
            /// Whether the thread waits, or is about to, so that it must be woken.
            var isAsleep = false
        }

        /// Guards the messages that the thread has not taken yet.
        private let state = Mutex(State())
        /// Readable when the thread is to wake up; -1 if the system has no more descriptors.
        let descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))

        deinit {
            if descriptor >= 0 { close(descriptor) }
        }

        /// Adds a message; wakes the thread if it sleeps. Returns false if there is no thread.
        @discardableResult
        func post(_ message: Message) -> Bool {
            let wakes: Bool? = state.withLock { state in
                guard !state.isBroken else { return nil }
                state.messages.append(message)
                defer { state.isAsleep = false }
                return state.isAsleep
            }
            if wakes == true { wake() }
            return wakes != nil
        }

        /// Ends the thread.
        func stop() {
            state.withLock { state in
                state.isStopped = true
                state.isAsleep = false
            }
            wake()
        }

        /// Exchanges `messages`, which must be empty, with what has been posted; returns false after ``stop()``.
        func take(_ messages: inout [Message]) -> Bool {
            state.withLock { state in
                swap(&messages, &state.messages)
                return !state.isStopped
            }
        }

        /// There is no thread to take messages. Returns those that wait, and refuses more.
        func breakDown() -> [Message] {
            state.withLock { state in
                state.isBroken = true
                defer { state.messages = [] }
                return state.messages
            }
        }

        /// Whether there is no thread.
        var isBroken: Bool { state.withLock(\.isBroken) }

        /// Announces that the thread is going to sleep; returns false if there are messages already.
        func fallAsleep() -> Bool {
            state.withLock { state in
                state.isAsleep = state.messages.isEmpty && !state.isStopped
                return state.isAsleep
            }
        }

        /// The thread is awake: messages need not wake it.
        func awake() {
            state.withLock { $0.isAsleep = false }
        }

        /// Makes the descriptor unreadable again.
        func drain() {
            var value: UInt64 = 0
            _ = read(descriptor, &value, 8)
        }

        private func wake() {
            var value: UInt64 = 1
            _ = write(descriptor, &value, 8)
        }
    }
#endif
