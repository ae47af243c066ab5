internal import Synchronization
internal import Templates

/// The templates that are being built, or asked for, each with what stops it.
final class Builds: Sendable {
    private let stops = Mutex<[String: [BuildStop]]>([:])

    func during<Result>(_ name: String, _ body: (BuildStop) throws -> Result) rethrows -> Result {
        let stop = BuildStop()
        stops.withLock { $0[name, default: []].append(stop) }
        defer {
            stops.withLock { stops in
                let others = (stops[name] ?? []).filter { $0 !== stop }
                stops[name] = others.isEmpty ? nil : others
            }
        }
        return try body(stop)
    }

    func stop(_ name: String) { for stop in stops.withLock({ $0[name] ?? [] }) { stop.press() } }
}
