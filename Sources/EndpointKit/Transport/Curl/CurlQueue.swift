#if os(Linux)
    /// Limits the number of transfers to a host, and starts the others in the order in which they came.
    ///
    /// libcurl has a queue of its own, in which a transfer's time limits would run: one that waits there would look like one
    /// whose server is silent.
    struct CurlQueue {
        private struct Host {
            var active = 0
            var waiting: [CurlTransfer] = []
            /// The index of the first element of `waiting` that has not been started.
            var next = 0
        }

        private let limit: Int
        private var hosts: [String: Host] = [:]
        /// The hosts that speak HTTP/2, where one connection carries many transfers.
        private var multiplexed: Set<String> = []

        /// The number of transfers that one HTTP/2 connection carries.
        static let streams = 100

        init(limit: Int) {
            self.limit = limit
        }

        /// Counts a transfer as active, or keeps it if there are too many.
        mutating func enter(_ transfer: CurlTransfer) -> Bool {
            let origin = transfer.target.origin
            guard hosts[origin, default: Host()].active < limit(of: origin) else {
                transfer.isQueued = true
                hosts[origin]?.waiting.append(transfer)
                return false
            }
            hosts[origin, default: Host()].active += 1
            return true
        }

        /// A transfer has ended. Returns the transfers that begin in its place.
        mutating func leave(_ origin: String) -> [CurlTransfer] {
            hosts[origin]?.active -= 1
            return startable(origin)
        }

        /// Notes that a host speaks HTTP/2. Returns the transfers that begin because of it.
        mutating func noteMultiplexing(_ origin: String) -> [CurlTransfer] {
            guard multiplexed.insert(origin).inserted else { return [] }
            return startable(origin)
        }

        /// Removes a transfer that waits.
        mutating func remove(_ transfer: CurlTransfer) {
            guard transfer.isQueued else { return }
            transfer.isQueued = false
            let origin = transfer.target.origin
            guard var host = hosts.removeValue(forKey: origin) else { return }
            if let index = host.waiting[host.next...].firstIndex(where: { $0 === transfer }) {
                host.waiting.remove(at: index)
            }
            hosts[origin] = host
        }

        /// Calls `body` with every transfer that waits.
        func forEachWaiting(_ body: (CurlTransfer) -> Void) {
            for host in hosts.values { host.waiting[host.next...].forEach(body) }
        }

        private func limit(of origin: String) -> Int {
            multiplexed.contains(origin) ? limit * Self.streams : limit
        }

        private mutating func startable(_ origin: String) -> [CurlTransfer] {
            // Removed and put back, so that the array is not copied.
            guard var host = hosts.removeValue(forKey: origin) else { return [] }
            var started: [CurlTransfer] = []
            let limit = limit(of: origin)
            while host.active < limit, host.next < host.waiting.count {
                let transfer = host.waiting[host.next]
                host.next += 1
                transfer.isQueued = false
                host.active += 1
                started.append(transfer)
            }
            if host.next > 64 && host.next * 2 > host.waiting.count || host.next == host.waiting.count {
                host.waiting.removeFirst(host.next)
                host.next = 0
            }
            if host.active > 0 || !host.waiting.isEmpty { hosts[origin] = host }
            return started
        }
    }
#endif
