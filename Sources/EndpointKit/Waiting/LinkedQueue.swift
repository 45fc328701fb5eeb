/// A first-in, first-out queue that an element can leave from any position.
///
/// Joining, leaving and looking at the first are O(1). The queue cannot be copied: a copy of a line of waiters at each step
/// would make a long line quadratic.
struct LinkedQueue<Element>: ~Copyable {
    /// The position of an element, which is never given to another one.
    struct Position: Sendable, Hashable {
        fileprivate var slot: Int
        fileprivate var id: UInt64
    }

    private struct Slot {
        /// Nil in a slot that is free.
        var element: Element?
        var id: UInt64
        var previous: Int?
        /// The next element; in a free slot, the next free one.
        var next: Int?
    }

    private var slots: [Slot] = []
    private var head: Int?
    private var tail: Int?
    private var free: Int?
    private var lastID: UInt64 = 0
    /// The number of elements.
    private(set) var count = 0

    /// Whether there are no elements.
    var isEmpty: Bool { count == 0 }

    /// The number of elements that there is room for, which is the most that were ever in the queue at once.
    var slotCount: Int { slots.count }

    /// The first element.
    var first: Element? { head.flatMap { slots[$0].element } }

    /// Whether an element is the first.
    func isFirst(_ position: Position) -> Bool { head == position.slot && slots[position.slot].id == position.id }

    /// Adds an element at the end.
    mutating func append(_ element: Element) -> Position {
        lastID += 1
        let slot = Slot(element: element, id: lastID, previous: tail, next: nil)
        let index: Int
        if let free {
            index = free
            self.free = slots[free].next
            slots[free] = slot
        } else {
            index = slots.count
            slots.append(slot)
        }
        if let tail { slots[tail].next = index } else { head = index }
        tail = index
        count += 1
        return Position(slot: index, id: lastID)
    }

    /// Removes an element; returns nil if it has left already.
    @discardableResult
    mutating func remove(_ position: Position) -> Element? {
        let index = position.slot
        guard slots[index].id == position.id, let element = slots[index].element else { return nil }
        let (previous, next) = (slots[index].previous, slots[index].next)
        if let previous { slots[previous].next = next } else { head = next }
        if let next { slots[next].previous = previous } else { tail = previous }
        slots[index].element = nil
        slots[index].next = free
        free = index
        count -= 1
        return element
    }

    /// Removes the first element.
    mutating func popFirst() -> Element? {
        guard let head else { return nil }
        return remove(Position(slot: head, id: slots[head].id))
    }

    /// Removes all elements and returns them in order.
    mutating func removeAll() -> [Element] {
        var all: [Element] = []
        all.reserveCapacity(count)
        while let element = popFirst() { all.append(element) }
        return all
    }

    /// Visits the elements in order.
    func forEach(_ visit: (Element) -> Void) {
        var index = head
        while let current = index {
            if let element = slots[current].element { visit(element) }
            index = slots[current].next
        }
    }
}
