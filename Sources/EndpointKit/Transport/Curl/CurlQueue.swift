#if os(Linux)
    /// Limits the number of transfers to a host, and starts the others in the order in which they came.
    ///
    /// libcurl has a queue of its own, in which a transfer's time limits would run: one that waits there would look like one
    /// whose server is silent.
    struct CurlQueue {
        /// The transfers to one host, and what is known of it.
        final class Line {
            fileprivate var active = 0
            fileprivate var waiting: [CurlTransfer] = []
            /// The index of the first element of `waiting` that has not been started.
            fileprivate var next = 0
            /// Whether the host speaks HTTP/2, where one connection carries many transfers.
            fileprivate var isMultiplexed = false
            /// Whether the queue has forgotten the line, and makes another one for the host.
            fileprivate var isForgotten = false
            /// Whether the host closed a connection that was used again, so that a request that must not be repeated gets a
            /// new one.
            var isClosing = false
        }

        private let limit: Int
        private var lines: [String: Line] = [:]

        /// The number of transfers that one HTTP/2 connection carries.
        static let streams = 100
        /// With so many hosts, those without transfers are forgotten.
        private static let mostLines = 1024

        init(limit: Int) {
            self.limit = limit
        }

        /// The line of a host. Hosts with one key, such as `A.test` and `a.test`, share it.
        mutating func line(of host: CurlHost) -> Line {
            if let line = host.line, !line.isForgotten { return line }
            if lines.count >= Self.mostLines { forgetIdleLines() }
            let line = lines[host.key] ?? Line()
            lines[host.key] = line
            host.line = line
            return line
        }

        /// Counts a transfer as active, or keeps it if there are too many.
        mutating func enter(_ transfer: CurlTransfer) -> Bool {
            let line = line(of: transfer.target.host)
            guard line.active < limit(of: line) else {
                transfer.isQueued = true
                line.waiting.append(transfer)
                return false
            }
            line.active += 1
            return true
        }

        /// A transfer to a host has ended. Returns the transfer that begins in its place.
        mutating func leave(_ host: CurlHost) -> CurlTransfer? {
            let line = line(of: host)
            line.active -= 1
            return line.next < line.waiting.count && line.active < limit(of: line) ? startNext(line) : nil
        }

        /// Notes that a host speaks HTTP/2. Returns the transfers that begin because of it.
        mutating func noteMultiplexing(_ host: CurlHost) -> [CurlTransfer] {
            let line = line(of: host)
            guard !line.isMultiplexed else { return [] }
            line.isMultiplexed = true
            var started: [CurlTransfer] = []
            while line.active < limit(of: line), line.next < line.waiting.count { started.append(startNext(line)) }
            return started
        }

        /// Removes a transfer that waits.
        mutating func remove(_ transfer: CurlTransfer) {
            guard transfer.isQueued else { return }
            transfer.isQueued = false
            let line = line(of: transfer.target.host)
            if let index = line.waiting[line.next...].firstIndex(where: { $0 === transfer }) {
                line.waiting.remove(at: index)
            }
        }

        /// Calls `body` with every transfer that waits.
        func forEachWaiting(_ body: (CurlTransfer) -> Void) {
            for line in lines.values { line.waiting[line.next...].forEach(body) }
        }

        private func limit(of line: Line) -> Int {
            line.isMultiplexed ? limit * Self.streams : limit
        }

        private func startNext(_ line: Line) -> CurlTransfer {
            let transfer = line.waiting[line.next]
            line.next += 1
            if line.next > 64 && line.next * 2 > line.waiting.count || line.next == line.waiting.count {
                line.waiting.removeFirst(line.next)
                line.next = 0
            }
            transfer.isQueued = false
            line.active += 1
            return transfer
        }

        private mutating func forgetIdleLines() {
            lines = lines.filter { _, line in
                line.isForgotten = line.active == 0 && line.waiting.isEmpty
                return !line.isForgotten
            }
        }
    }
#endif
