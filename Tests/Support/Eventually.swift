/// Whether a condition comes true within two minutes; returns as soon as it does.
///
/// For what happens on another thread with nothing to wait for.
public func eventually(_ condition: @Sendable () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < end {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return await condition()
}
