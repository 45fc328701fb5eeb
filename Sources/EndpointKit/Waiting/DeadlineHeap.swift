/// Elements by deadline: adding one and removing one, due or not, are O(log n).
struct DeadlineHeap<Element>: ~Copyable {
    /// An element in the heap, which is never confused with another one.
    struct Entry: Sendable, Hashable {
        fileprivate var slot: Int
        fileprivate var id: UInt64
    }

    private struct Node {
        var deadline: ContinuousClock.Instant
        var slot: Int
    }

    private struct Slot {
        /// Nil in a slot that is free.
        var element: Element?
        var id: UInt64
        /// The index in the heap; in a free slot, the next free slot or -1.
        var index: Int
    }

    /// The earliest deadline is the first; no deadline is before that of its parent.
    private var nodes: [Node] = []
    private var slots: [Slot] = []
    private var free = -1
    private var lastID: UInt64 = 0

    /// The number of elements.
    var count: Int { nodes.count }

    /// The earliest deadline.
    var first: ContinuousClock.Instant? { nodes.first?.deadline }

    /// Adds an element.
    mutating func insert(_ element: Element, at deadline: ContinuousClock.Instant) -> Entry {
        lastID += 1
        let slot = Slot(element: element, id: lastID, index: nodes.count)
        var index = slots.count
        if free >= 0 {
            index = free
            free = slots[free].index
            slots[index] = slot
        } else {
            slots.append(slot)
        }
        nodes.append(Node(deadline: deadline, slot: index))
        moveUp(nodes.count - 1)
        return Entry(slot: index, id: lastID)
    }

    /// Removes an element; returns nil if it is not in the heap any more.
    @discardableResult
    mutating func remove(_ entry: Entry) -> Element? {
        guard slots[entry.slot].id == entry.id, let element = slots[entry.slot].element else { return nil }
        let index = slots[entry.slot].index
        slots[entry.slot].element = nil
        slots[entry.slot].index = free
        free = entry.slot
        let last = nodes.removeLast()
        if index < nodes.count {
            place(last, at: index)
            moveUp(index)
            moveDown(slots[last.slot].index)
        }
        return element
    }

    /// Removes the element with the earliest deadline, if that is not after the given time.
    mutating func popFirst(until time: ContinuousClock.Instant) -> Element? {
        guard let node = nodes.first, node.deadline <= time else { return nil }
        return remove(Entry(slot: node.slot, id: slots[node.slot].id))
    }

    private mutating func place(_ node: Node, at index: Int) {
        nodes[index] = node
        slots[node.slot].index = index
    }

    private mutating func moveUp(_ start: Int) {
        var index = start
        let node = nodes[start]
        while index > 0, node.deadline < nodes[(index - 1) / 2].deadline {
            place(nodes[(index - 1) / 2], at: index)
            index = (index - 1) / 2
        }
        place(node, at: index)
    }

    private mutating func moveDown(_ start: Int) {
        var index = start
        let node = nodes[start]
        while true {
            var child = 2 * index + 1
            if child + 1 < nodes.count, nodes[child + 1].deadline < nodes[child].deadline { child += 1 }
            guard child < nodes.count, nodes[child].deadline < node.deadline else { break }
            place(nodes[child], at: index)
            index = child
        }
        place(node, at: index)
    }
}
