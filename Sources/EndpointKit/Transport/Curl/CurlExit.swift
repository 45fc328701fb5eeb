#if os(Linux)
    import Foundation
    import Synchronization

    /// Ends the use of libcurl when the process exits.
    ///
    /// `exit` has OpenSSL free what it holds, while all other threads go on. A thread that performed a call over TLS then used
    /// freed memory: a program that exited during such calls ended with a segmentation fault in one case of ten. What `atexit`
    /// is given after libcurl has been initialized is called before OpenSSL's function.
    enum CurlExit {
        private struct State {
            var engines: [ObjectIdentifier: CurlEngine] = [:]
            var hasBegun = false
        }

        /// Guards the engines whose threads run, and whether the process exits.
        private static let state = Mutex(State())

        /// Registers the function. To be called once, after libcurl has been initialized.
        static func prepare() {
            atexit { CurlExit.begin() }
        }

        /// Adds an engine whose thread starts.
        static func add(_ engine: CurlEngine) {
            let isTooLate = state.withLock { state in
                state.engines[ObjectIdentifier(engine)] = engine
                return state.hasBegun
            }
            if isTooLate { engine.endUse() }
        }

        /// Forgets an engine whose thread ends. During the exit all of them stay, since to release one would use libcurl.
        static func remove(_ engine: CurlEngine) {
            // Released outside of the lock.
            _ = state.withLock { state in
                state.hasBegun ? nil : state.engines.removeValue(forKey: ObjectIdentifier(engine))
            }
        }

        private static func begin() {
            let engines = state.withLock { state in
                state.hasBegun = true
                return Array(state.engines.values)
            }
            for engine in engines { engine.endUse() }
        }
    }
#endif
