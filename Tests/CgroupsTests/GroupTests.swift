import Glibc
import Kernel
import NodeModel
import Testing
@testable import Cgroups

@Suite(.enabled(if: isRoot, "makes cgroups"), .serialized) struct TheGroupsOfAVPS {
    @Test func holdItsLimitsAndCanBeMadeAndRemovedTwice() throws {
        try withTree { tree in
            let id = VPSID.random()
            #expect(throws: CgroupError.noGroups(id)) { try tree.update(id, limits()) }
            #expect(throws: CgroupError.noGroups(id)) { _ = try tree.open(.guest, of: id) }
            #expect(throws: CgroupError.noGroups(id)) { try tree.usage(id) }
            for _ in 0..<2 { try tree.create(id, limits(cpu: 250, memory: 32 << 20, processes: 50), owner: 700_000) }
            try tree.update(id, limits(cpu: 300, memory: 128 << 20, swap: 1 << 20, processes: 60))
            try tree.update(id, limits(cpu: 400, memory: 48 << 20, processes: 70))
            #expect(try tree.list() == [id])
            for row in try expected(tree) { #expect(try text("\(row.base.path)/\(id)/\(row.file)") == row.value, "\(row.file)") }
            for file in ["memory.max", "memory.swap.max", "pids.max", "cpu.max", "cgroup.max.depth", "cgroup.max.descendants"] where tree.unified.has("\(id)/\(file)") {
                #expect(try !text("\(tree.unified.path)/\(id)/\(file)").contains("max"), "\(file)")
            }
            for _ in 0..<2 { try tree.remove(id) }
            #expect(try tree.list() == [])
        }
    }

    private func expected(_ tree: CgroupTree) throws -> [(base: GroupBase, file: String, value: String)] {
        let cpu = try #require(tree.base(for: .cpu)), memory = try #require(tree.base(for: .memory)), pids = try #require(tree.base(for: .pids))
        return [
            (cpu, cpu.dialect == .v1 ? "cpu.cfs_quota_us" : "cpu.max", cpu.dialect == .v1 ? "40000" : "40000 100000"),
            (memory, memory.dialect == .v1 ? "memory.limit_in_bytes" : "memory.max", "\(48 << 20)"),
            (pids, "pids.max", "70"),
            (tree.unified, "cgroup.max.descendants", "66"),
            (tree.unified, "cgroup.max.depth", "9"),
        ]
    }

    @Test func belongToTheGuestOnlyInItsLeaf() throws {
        try withTree { tree in
            let id = VPSID.random()
            try tree.create(id, limits(), owner: 700_000)
            func owner(_ path: String) throws -> UInt32 { try Descriptor.open("\(tree.unified.path)/\(path)", .path).information().owner }
            for file in ["", "/cgroup.procs", "/cgroup.threads", "/cgroup.subtree_control"] { #expect(try owner("\(id)/guest\(file)") == 700_000, "\(file)") }
            for file in ["\(id)", "\(id)/cgroup.procs", "\(id)/cgroup.max.depth", "\(id)/exec", "\(id)/exec/cgroup.procs", "\(id)/guest/cgroup.max.depth", "wardens"] { #expect(try owner(file) == 0, "\(file)") }
            #expect(try tree.open(.guest, of: id).information().isDirectory)
        }
    }

    @Test func areBoundedInNumberAndDepth() throws {
        try withTree { tree in
            let id = VPSID.random()
            try tree.create(id, limits(groups: 20, depth: 4), owner: 700_000)
            let leaf = Directory(try tree.open(.guest, of: id), called: "guest")
            var made = 0
            while made < 100, (try? leaf.makeDirectory("g\(made)")) != nil { made += 1 }  // refused at the bound
            #expect(made == 20)
            for number in 0..<made { try leaf.remove("g\(number)", isDirectory: true) }
            var path = "", depth = 0
            while depth < 100 {
                path += depth == 0 ? "d" : "/d"
                if (try? leaf.makeDirectory(path)) == nil { break }  // refused at the bound
                depth += 1
            }
            #expect(depth == 4)
        }
    }

    /// As guests' inits and the helpers of programs that are sent in come to be: born in the v2 leaf, by themselves in the rest.
    @Test func areEnteredByBirthAndByAProcessItself() throws {
        try withTree { tree in
            let id = VPSID.random()
            try tree.create(id, limits(), owner: 700_000)
            let null = try Descriptor.open("/dev/null", .readWrite), output = try Pipe()
            let enter = tree.legacyAttachPaths(id).map { "echo 0 >\($0); " }.joined()
            let child = try Program.start("/bin/sh", ["-c", "\(enter)exec cat /proc/self/cgroup"], descriptors: [null.number, output.writing.number, null.number], in: tree.open(.exec, of: id))
            #expect(try child.wait().isSuccess)
            let places = String(decoding: try output.reading.read(atMost: 65536), as: UTF8.self).split(separator: "\n")
            #expect(places.contains { $0.hasPrefix("0::") && $0.hasSuffix("/\(tree.base)/\(id)/exec") }, "\(places)")
            #expect(places.count { $0.hasSuffix("/\(tree.base)/\(id)") } == tree.legacy.count)
        }
    }

    @Test func goWithAllThatTheGuestMadeInThemAndEveryProcess() throws {
        try withTree { tree in
            let id = VPSID.random()
            try tree.create(id, limits(), owner: 700_000)
            let leaf = "\(tree.unified.path)/\(id)/guest"
            for path in ["a", "a/b", "a/b/c", "name with spaces", "b"] { try HostFile.makeDirectories("\(leaf)/\(path)") }
            var raw: [CChar] = "\(leaf)/".utf8CString.dropLast() + [-1, -2, 0]  // a name that is no text
            #expect(unsafe mkdir(&raw, 0o755) == 0)
            let first = try Occupant("exec sleep 300", in: tree.legacyAttachPaths(id) + ["\(leaf)/a/b/c/cgroup.procs"])
            let second = try Occupant("trap '' TERM INT HUP; exec sleep 300", in: tree, id, leaf: .exec)
            let third = try Occupant("exec sleep 300", in: [tree.unified.path + "/\(id)/guest/b/cgroup.procs"])
            try first.go()
            try third.go()
            #expect(try tree.processes(id) == [first.child.pid, second.child.pid, third.child.pid].sorted())
            try tree.remove(id)
            for exit in [try first.child.wait(), try second.child.wait(), try third.child.wait()] { #expect(exit == .signal(9)) }
            #expect(try tree.list() == [])
        }
    }

    @Test func goThoughTheGuestMadeThreadedAndFrozenOnes() throws {
        try withTree { tree in
            let id = VPSID.random()
            try tree.create(id, limits(), owner: 700_000)
            let leaf = "\(tree.unified.path)/\(id)/guest"
            for path in ["threads", "threads/more"] { try HostFile.makeDirectories("\(leaf)/\(path)") }
            let threaded = try Occupant("exec sleep 300", in: tree, id)
            for path in ["threads", "threads/more"] { try HostFile.write("threaded", to: "\(leaf)/\(path)/cgroup.type") }
            try HostFile.write("\(threaded.child.pid)", to: "\(leaf)/threads/more/cgroup.procs")
            let frozen = try Occupant("exec sleep 300", in: tree.legacyAttachPaths(id) + ["\(leaf)/threads/cgroup.procs"])
            try HostFile.write("1", to: "\(leaf)/cgroup.freeze")
            try frozen.go()
            #expect(try tree.processes(id) == [frozen.child.pid, threaded.child.pid].sorted())
            try tree.remove(id)
            for exit in [try frozen.child.wait(), try threaded.child.wait()] { #expect(exit == .signal(9)) }
        }
    }

    /// On v1 a process may have been bound by its limits before it reached a v2 leaf, or in one tree only.
    @Test func goWithAProcessThatIsInOneTreeOnly() throws {
        try withTree { tree in
            let id = VPSID.random()
            for file in tree.attachPaths(id, leaf: .guest) {
                try tree.create(id, limits(), owner: 700_000)
                let occupant = try Occupant("exec sleep 300", in: [file])
                try occupant.go()
                try tree.remove(id)
                #expect(try occupant.child.wait() == .signal(9), "\(file)")
            }
        }
    }

    @Test func liveBesideThoseOfAnotherBase() throws {
        try withTree { one in
            try withTree { other in
                let id = VPSID.random()
                try one.create(id, limits(processes: 10), owner: 700_000)
                try other.create(id, limits(processes: 20), owner: 800_000)
                let occupant = try Occupant("exec sleep 300", in: one, id)
                #expect(try other.processes(id) == [])
                try other.remove(id)
                #expect(try one.processes(id) == [occupant.child.pid])
                #expect(try Occupant.lives(occupant.child.pid))
                #expect(throws: CgroupError.notEmpty([id])) { try one.tearDown() }
                try one.remove(id)
                #expect(try occupant.child.wait() == .signal(9))
            }
        }
    }

    @Test func canBePreparedAndTornDownTwice() throws {
        let base = "rt-sec-\(VPSID.random())/deeper"
        let tree = try CgroupTree(preparing: base, in: .detect())
        let again = try CgroupTree(preparing: base, in: .detect())
        try again.tearDown()
        try tree.tearDown()
        for mount in [tree.hierarchy.unified] + tree.hierarchy.legacy.map(\.path) { try HostFile.remove("\(mount)/\(base.dropLast(7))", isDirectory: true) }
    }
}
