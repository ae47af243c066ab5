/// Where the time of a start goes, for the log: each lap is what passed since the one before.
struct Stopwatch: Sendable {
    private var last = ContinuousClock.now
    private var laps: [(name: String, duration: Duration)] = []

    mutating func lap(_ name: String) {
        let now = ContinuousClock.now
        laps.append((name, last.duration(to: now)))
        last = now
    }

    /// "cgroups 0.6, network 2.1": milliseconds.
    var text: String {
        laps.map { lap in
            let tenths = (lap.duration.components.seconds * 10_000) + lap.duration.components.attoseconds / 100_000_000_000_000
            return "\(lap.name) \(tenths / 10).\(tenths % 10)"
        }.joined(separator: ", ")
    }
}
