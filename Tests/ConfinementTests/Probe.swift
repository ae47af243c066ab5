import CFilterProbe
import Testing

/// A system call tried under a filter, and what the kernel said; nothing that is allowed is really made.
struct Probe {
    enum ABI: UInt32, CaseIterable { case x86_64 = 0, i386 = 1, x32 = 2 }
    enum Answer: Equatable { case allowed, errno(Int32), made }

    var abi: ABI
    var number: UInt32
    var arguments: [UInt64] = []

    static func ask(_ probes: [Probe], under filter: [UInt8]) throws -> [Answer] {
        let calls = probes.map { probe in
            let a = probe.arguments + Array(repeating: 0, count: 5 - probe.arguments.count)
            return probe_call(abi: probe.abi.rawValue, number: probe.number, arguments: (a[0], a[1], a[2], a[3], a[4]))
        }
        var answers = [Int32](repeating: 0, count: calls.count)
        let code = unsafe probe_calls(filter, filter.count, calls, &answers, Int32(calls.count))
        try #require(code == 0, "the child could not load the filter, or died: \(code)")
        return answers.map { Int($0) == PROBE_ALLOWED ? .allowed : $0 == 0 ? .made : .errno($0) }
    }
}
