import CFilterProbe
import CSeccomp
import Foundation
import Testing
@testable import Confinement

/// Loading a filter without no_new_privs needs CAP_SYS_ADMIN.
private let isRoot = getuid() == 0

@Suite struct TheFilter {
    @Test(arguments: [false, true]) func isTheSameBytesEachTimeAndSmallEnough(nesting: Bool) throws {
        let filter = try SyscallFilter.compile(nesting: nesting)
        #expect(try filter == SyscallFilter.compile(nesting: nesting))
        #expect(try filter == SyscallFilter.standard(nesting: nesting))
        #expect(filter.count % 8 == 0)
        // The size class: a jump in it is a surprise worth a look.
        #expect((600...2000).contains(filter.count / 8), "\(filter.count / 8) instructions")
    }

    @Test func listsNoCallTwice() {
        let names = (SystemCalls.allowed + SystemCalls.refused).flatMap(\.names) + SystemCalls.absentOnPurpose + SystemCalls.allowedByNumber.map(\.name)
        let doubles = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        #expect(doubles == [])
    }

    /// Every number of every ABI, with arguments of zero, against the lists: resolved number → name, the other way round
    /// than the filter was compiled.
    @Test(.enabled(if: isRoot, "needs CAP_SYS_ADMIN"), arguments: [false, true]) func answersEveryNumberOfEveryABIAsListed(nesting: Bool) throws {
        let filter = try SyscallFilter.standard(nesting: nesting)
        let probes = Probe.ABI.allCases.flatMap { abi in (0..<UInt32(1024)).map { Probe(abi: abi, number: $0) } }
            .filter { !($0.abi == .x86_64 && Self.pastEveryFilter.contains($0.number)) }
        let answers = try Probe.ask(probes, under: filter)
        var wrong: [String] = []
        var allowed: [Probe.ABI: Int] = [:]
        for (probe, answer) in zip(probes, answers) {
            let expected = Self.expected(probe)
            if answer == .allowed { allowed[probe.abi, default: 0] += 1 }
            if answer != expected { wrong.append("\(probe.abi) \(probe.number) \(Self.name(probe) ?? "?"): \(answer), not \(expected)") }
        }
        #expect(wrong == [])
        #expect(allowed[.x86_64, default: 0] > 250)
        #expect(allowed[.i386, default: 0] > 300)
        #expect(allowed[.x32] == nil)
    }

    /// uretprobe, uprobe: since Linux 6.14 the kernel asks no filter about them. Called from elsewhere than the kernel's own
    /// trampoline they end the caller with SIGILL, or ENXIO.
    private static let pastEveryFilter: Set<UInt32> = [335, 336]

    private static func name(_ probe: Probe) -> String? {
        guard let name = unsafe seccomp_syscall_resolve_num_arch(probe.abi == .i386 ? CSECCOMP_ARCH_X86 : CSECCOMP_ARCH_X86_64, Int32(probe.number)) else { return nil }
        defer { unsafe free(name) }
        return unsafe String(cString: name)
    }

    private static let allowedNames = Set(SystemCalls.allowed.flatMap(\.names))
    private static let refusedNames = Set(SystemCalls.refused.flatMap(\.names))

    private static func expected(_ probe: Probe) -> Probe.Answer {
        if probe.abi == .x32 { return .errno(38) }
        if SystemCalls.allowedByNumber.contains(where: { $0.number == probe.number }) { return .allowed }
        guard let name = name(probe) else { return .errno(38) }
        switch name {
        case "socket", "socketpair": return .errno(97)  // family 0
        default: return allowedNames.contains(name) ? .allowed : refusedNames.contains(name) ? .errno(1) : .errno(38)
        }
    }
}
