/// A value behind one pointer, copied when it changes: for a struct of many fields that is passed on more often than it is read.
///
/// Every function that passes such a struct on would copy it field by field. With an `APIError` of as many fields as it has
/// facts, that was a seventh of the code that the compiler made of this module.
struct Boxed<Value: Sendable>: Sendable {
    private var box: Box

    init(_ value: Value) {
        box = Box(value)
    }

    var value: Value {
        get { box.value }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
            yield &box.value
        }
    }

    /// `@unchecked Sendable`: the value changes only where nobody else has the box.
    private final class Box: @unchecked Sendable {
        var value: Value

        init(_ value: Value) {
            self.value = value
        }
    }
}
