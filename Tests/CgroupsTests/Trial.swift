import Glibc
import Kernel
import NodeModel
import Testing
@testable import Cgroups

let isRoot = getuid() == 0

/// Groups under a base of the test's own, in the machine's real trees, removed afterwards, whatever happened.
func withTree(_ body: (CgroupTree) throws -> Void) throws {
    let base = "rt-sec-\(VPSID.random())"
    let tree = try CgroupTree(preparing: base, in: .detect())
    var failure: (any Error)?
    do { try body(tree) } catch { failure = error }
    for id in try tree.list() { try tree.remove(id) }
    try tree.tearDown()
    for mount in [tree.hierarchy.unified] + tree.hierarchy.legacy.map(\.path) {
        #expect(!HostFile.exists("\(mount)/\(base)"), "left in \(mount)")
    }
    if let failure { throw failure }
}

func limits(cpu: Int64 = 1000, weight: Int64 = 100, memory: Int64 = 64 << 20, swap: Int64 = 0, processes: Int64 = 64, groups: Int64 = 64, depth: Int64 = 8) throws -> CgroupLimits {
    try CgroupLimits(.init(cpuMillicores: cpu, cpuWeight: weight, memoryBytes: memory, swapBytes: swap, processes: processes), groups: groups, groupDepth: depth)
}

extension CgroupTree {
    /// All files that a process's id is written into, to bind it.
    func attachPaths(_ id: VPSID, leaf: Leaf) -> [String] { legacyAttachPaths(id) + ["\(unified.path)/\(id)/\(leaf.rawValue)/cgroup.procs"] }
}

/// A shell that does nothing until it is told to: by then it is in its groups.
final class Occupant {
    let child: Child
    private let gate: Descriptor

    init(_ script: String, in files: [String]) throws {
        let pipe = try Pipe()
        let null = try Descriptor.open("/dev/null", .readWrite)
        child = try Program.start("/bin/sh", ["-c", "read go || exit 99; \(script)"], descriptors: [pipe.reading.number, null.number, null.number])
        gate = pipe.keepWriting()
        for file in files { try HostFile.write("\(child.pid)", to: file) }
    }

    convenience init(_ script: String, in tree: CgroupTree, _ id: VPSID, leaf: Leaf = .guest) throws {
        try self.init(script, in: tree.attachPaths(id, leaf: leaf))
        try go()
    }

    func go() throws { try gate.write(Array("\n".utf8)) }

    static func lives(_ pid: Int32) throws -> Bool {
        guard let status = try? HostFile.readText("/proc/\(pid)/stat") else { return false }  // gone
        return !status.contains(") Z ")
    }
}

/// Looks again until it is so, for long enough that a slow machine is no reason to fail.
func eventually(_ what: String, _ condition: () throws -> Bool) throws {
    for _ in 0..<6000 {
        if try condition() { return }
        usleep(10_000)
    }
    Issue.record("never: \(what)")
}

func text(_ path: String) throws -> String { String(try HostFile.readText(path).prefix { $0 != "\n" }) }
