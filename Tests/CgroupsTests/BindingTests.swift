import Glibc
import Kernel
import NodeModel
import Testing
@testable import Cgroups

/// Hostile guests, as far as limits are concerned.
@Suite(.enabled(if: isRoot, "makes cgroups"), .serialized) struct ALimit {
    @Test(arguments: [Leaf.guest, .exec]) func holdsABusyLoopToItsShare(leaf: Leaf) throws {
        try withTree { tree in
            let id = VPSID.random()
            try tree.create(id, limits(cpu: 200), owner: 700_000)
            let loop = try Occupant("while :; do :; done", in: tree, id, leaf: leaf)
            let before = try tree.usage(id), start = ContinuousClock.now
            try eventually("throttled in ten periods") { try tree.usage(id).throttledPeriods >= before.throttledPeriods + 10 }
            let after = try tree.usage(id), elapsed = ContinuousClock.now - start
            let wall = elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000
            // Loosely: alone on a processor it would have had five times its share.
            #expect(after.cpuNanoseconds - before.cpuNanoseconds < wall / 2)
            #expect(after.throttledNanoseconds > before.throttledNanoseconds)
            try tree.remove(id)
            #expect(try loop.child.wait() == .signal(9))
        }
    }

    @Test func killsAMemoryHogWhileItsNeighbourLives() throws {
        try withTree { tree in
            let hogs = VPSID.random(), neighbours = VPSID.random()
            for id in [hogs, neighbours] { try tree.create(id, limits(memory: 24 << 20), owner: 700_000) }
            let neighbour = try Occupant("exec sleep 300", in: tree, neighbours)
            let hog = try Occupant("exec tail /dev/zero", in: tree, hogs)  // tail keeps a line without end
            #expect(try hog.child.wait() == .signal(9))
            let usage = try tree.usage(hogs)
            #expect(usage.outOfMemoryKills >= 1)
            #expect(usage.memoryLimitHits >= 1)
            #expect(try tree.usage(neighbours).outOfMemoryKills == 0)
            #expect(try tree.usage(neighbours).memoryBytes < 24 << 20)
            #expect(try Occupant.lives(neighbour.child.pid))
            try tree.remove(neighbours)
            #expect(try neighbour.child.wait() == .signal(9))
        }
    }

    @Test func boundsAForkBombThatIsGoneWithTheGroups() throws {
        try withTree { tree in
            let id = VPSID.random()
            try tree.create(id, limits(processes: 25), owner: 700_000)
            let bomb = try Occupant("b() { b | b & b; }; b", in: tree, id)
            var most: Int64 = 0
            try eventually("refused a process") {
                let usage = try tree.usage(id)
                most = max(most, usage.processes)
                return usage.processesRefused > 0
            }
            for _ in 0..<50 {
                most = max(most, try tree.usage(id).processes)
                usleep(1000)
            }
            #expect(most <= 25)
            #expect(most > 1)
            try tree.remove(id)
            _ = try bomb.child.wait()
            #expect(try tree.processes(id) == [])
        }
    }

    @Test func refusesDevicesButTheHarmless() throws {
        try withTree { tree in
            let id = VPSID.random()
            try tree.create(id, limits(), owner: 700_000)
            try tree.create(id, limits(), owner: 700_000)
            let script = ": <>/dev/null && : </dev/zero && : </dev/urandom && : <>/dev/ptmx || exit 1; ( : </dev/kmsg ) 2>/dev/null && exit 2; ( : <>/dev/loop-control ) 2>/dev/null && exit 3; exit 0"
            #expect(tree.deviceGuard == (tree.hierarchy.version == 1 ? .legacyController : .program))
            #expect(try Occupant("( : </dev/kmsg ) && exit 0; exit 1", in: []).exitStatus() == .status(0), "the test's own process may")
            #expect(try Occupant(script, in: tree.attachPaths(id, leaf: .guest)).exitStatus() == .status(0))
            #expect(try Occupant(script, in: tree.attachPaths(id, leaf: .exec)).exitStatus() == .status(0))
        }
    }

    /// The program of v2, also on a host that does not need it.
    @Test func refusesDevicesByProgramToo() throws {
        try withTree { tree in
            try HostFile.makeDirectories("\(tree.unified.path)/program")
            let group = try Directory("\(tree.unified.path)/program")
            let filter = try DeviceFilter(DeviceProgram.assemble(DeviceRule.guest))
            try filter.attach(to: group)
            try filter.attach(to: group)
            let rows = [("<>/dev/null", Int32(0)), ("</dev/zero", 0), ("</dev/full", 0), ("</dev/random", 0), ("</dev/urandom", 0), ("<>/dev/ptmx", 0), ("</dev/kmsg", 1), ("<>/dev/loop-control", 1)]
            for (redirection, status) in rows {
                let occupant = try Occupant("( : \(redirection) ) 2>/dev/null && exit 0; exit 1", in: ["\(tree.unified.path)/program/cgroup.procs"])
                #expect(try occupant.exitStatus() == .status(status), "\(redirection)")
            }
            let made = try Occupant("mknod /tmp/rt-sec-node c 1 3 2>/dev/null && { rm /tmp/rt-sec-node; exit 0; }; exit 1", in: ["\(tree.unified.path)/program/cgroup.procs"])
            #expect(try made.exitStatus() == .status(1), "making one")
            try HostFile.remove("\(tree.unified.path)/program", isDirectory: true)
        }
    }
}

extension Occupant {
    func exitStatus() throws -> Exit {
        try go()
        return try child.wait()
    }
}
