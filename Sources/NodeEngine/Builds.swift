internal import Synchronization
internal import Templates

/// The templates that are being built, each with what stops it.
final class Builds: Sendable {
    private let stops = Mutex<[String: BuildStop]>([:])

    func during<Result>(_ name: String, _ body: (BuildStop) throws -> Result) rethrows -> Result {
        let stop = BuildStop()
        stops.withLock { $0[name] = stop }
        defer { stops.withLock { if $0[name] === stop { $0[name] = nil } } }
        return try body(stop)
    }

    func stop(_ name: String) { stops.withLock { $0[name] }?.press() }
}
