#if os(Linux)
    import Synchronization

    /// The messages for a worker: any thread leaves some, and whoever works takes all of them.
    ///
    /// A list without a lock. Each call leaves a message, and a thread that is interrupted while it has a lock would hold up
    /// all others.
    ///
    /// `@unchecked Sendable`: a node does not change once it is in the list, and the exchange in `takeAll` hands all nodes to
    /// one thread, the only one that reads and frees them. Whoever adds compares the address of the last node and never
    /// reads it, so that an address that was freed and is used again does no harm.
    final class CurlInbox: @unchecked Sendable {
        private struct Node {
            let message: CurlEngine.Message
            let next: UnsafeMutablePointer<Node>?
        }

        /// The message that came last; each knows the one before.
        private let last = Atomic<UnsafeMutablePointer<Node>?>(nil)

        deinit {
            _ = takeAll()
        }

        /// Whether there are no messages.
        var isEmpty: Bool { last.load(ordering: .sequentiallyConsistent) == nil }

        /// Leaves a message.
        func add(_ message: CurlEngine.Message) {
            let node = UnsafeMutablePointer<Node>.allocate(capacity: 1)
            var before = last.load(ordering: .relaxed)
            while true {
                node.initialize(to: Node(message: message, next: before))
                let (isDone, current) = last.weakCompareExchange(
                    expected: before, desired: node, ordering: .sequentiallyConsistent)
                if isDone { return }
                node.deinitialize(count: 1)
                before = current
            }
        }

        /// Takes all messages, in the order in which they came.
        func takeAll() -> [CurlEngine.Message] {
            guard !isEmpty else { return [] }
            var next = last.exchange(nil, ordering: .sequentiallyConsistent)
            var messages: [CurlEngine.Message] = []
            while let node = next {
                let taken = node.move()
                node.deallocate()
                messages.append(taken.message)
                next = taken.next
            }
            messages.reverse()
            return messages
        }
    }
#endif
