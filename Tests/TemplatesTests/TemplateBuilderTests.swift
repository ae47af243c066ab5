import Disks
import Kernel
import NodeModel
import Testing
@testable import Templates

/// Loop devices and mounts need root.
let isRoot = (try? HostFile.readText("/proc/self/status"))?.contains("Uid:\t0\t") ?? false  // unreadable: not root

/// A builder of another suite may hold a copy of a mount for as long as it builds.
private let patience = Duration.seconds(600)

@Suite(.enabled(if: isRoot, "needs root: loop devices and mounts"), .serialized)
struct TemplateBuilderTests {
    @Test func busyboxBecomesATemplateAndDisksAreMadeOfIt() async throws {
        try await withPool { pool, base in
            let builder = TemplateBuilder(pool: pool, recipes: projectRecipes)
            var steps: [Double] = []
            let built = try builder.build("busybox") { fraction, _ in steps.append(fraction) }
            #expect(steps == steps.sorted() && steps.last == 1)
            let library = TemplateLibrary(pool)
            #expect(try library.list() == [built])
            #expect(built.digest.utf8.count == 64 && built.shutdownSignal == 12)
            try library.verify(try TemplateName("busybox"))
            #expect(try Directory("\(pool.directory)/templates/busybox").information(of: "image.ext4")?.mode == 0o100400)
            #expect(try Directory("\(pool.directory)/templates").entries().map(\.name) == ["busybox"])

            let driver = ImageDriver(pool)
            let id = VPSID.random()
            for bytes in [built.minimumDiskBytes, 1 << 30, 1 << 40] {
                try driver.create(id, from: try TemplateName("busybox"), digest: built.digest, bytes: bytes)
                do {
                    let disk = try driver.attach(id)
                    let root = try disk.root()
                    let size = try root.descriptor.fileSystem().totalBytes
                    #expect(size == UInt64(bytes))
                    #expect(try root.information(of: "sbin/init")?.isSymbolicLink == true)
                    #expect(try root.information(of: "tmp")?.mode == 0o041777)
                    #expect(try root.read("etc/inittab").isEmpty == false)
                    try FirstBoot.prepare(root, as: try GuestIdentity(id: id, hostname: "bb", nameServers: ["10.0.0.1"], sshKeys: ["k"]), steps: built.firstBoot)
                    #expect(try root.directory("root").information(of: ".ssh") == nil)
                }
                #expect(try await driver.waitUntilDetached(id, timeout: patience))
                #expect(try Program.run("/usr/sbin/e2fsck", ["-fn", "\(pool.directory)/vps/\(id)/disk.ext4"]).isSuccess)
                try driver.remove(id)
            }
        }
    }

    @Test func aTemplateIsReplacedWholeAndADiskOfTheOldOneStays() async throws {
        try await withPool { pool, base in
            let builder = TemplateBuilder(pool: pool, recipes: projectRecipes)
            let name = try TemplateName("busybox")
            let old = try builder.build("busybox")
            let driver = ImageDriver(pool)
            let (before, after) = (VPSID.random(), VPSID.random())
            try driver.create(before, from: name, digest: old.digest, bytes: 64 << 20)
            let new = try builder.build("busybox")
            #expect(new.digest != old.digest)  // each file system has an identity of its own
            #expect(throws: DiskError.templateChanged("busybox", wanted: old.digest, found: new.digest)) { try driver.create(after, from: name, digest: old.digest, bytes: 64 << 20) }
            try driver.create(after, from: name, digest: new.digest, bytes: 64 << 20)
            try TemplateLibrary(pool).remove(name)
            try TemplateLibrary(pool).remove(name)
            #expect(try TemplateLibrary(pool).list().isEmpty)
            for id in [before, after] {
                do { _ = try driver.attach(id).root().read("bin/busybox") }
                #expect(try await driver.waitUntilDetached(id, timeout: patience))
            }
            #expect(try Directory("\(pool.directory)/templates").entries().isEmpty)
        }
    }

    @Test func aBuildThatIsStoppedEndsWithAllThatItStarted() throws {
        let marker = "4711.\(UInt32.random(in: .min ... .max))"
        let lock = try Descriptor.open("/dev/null", .read)
        let stop = BuildStop()
        let error = #expect(throws: TemplateError.self) {
            try BuilderProgram(file: "/bin/sh", package: "dash").run(["-c", "setsid sleep \(marker) >/dev/null 2>&1 & echo begun; sleep \(marker)"], environment: Program.plainEnvironment, holding: lock, until: stop) { _ in stop.press() }
        }
        #expect(error == .cancelled)
        let others = try Directory("/proc").entries().map(\.name).filter { Int($0) != nil }
        func runs(_ pid: String) -> Bool { (try? HostFile.readText("/proc/\(pid)/cmdline").contains(marker)) == true }  // it has ended meanwhile
        for _ in 0..<500 where others.contains(where: runs) { Pause.milliseconds(20) }
        #expect(others.filter(runs).isEmpty)
        #expect(throws: TemplateError.cancelled, "nothing is begun") {
            try BuilderProgram(file: "/bin/sh", package: "dash").run(["-c", "sleep \(marker)"], environment: Program.plainEnvironment, holding: lock, until: stop) { _ in }
        }
    }

    @Test func aFlippedBitIsFound() async throws {
        try await withPool { pool, base in
            _ = try TemplateBuilder(pool: pool, recipes: projectRecipes).build("busybox")
            let image = try Descriptor.open("\(pool.directory)/templates/busybox/image.ext4", .readWrite)
            try image.write([1])
            let error = #expect(throws: DiskError.self) { try TemplateLibrary(pool).verify(try TemplateName("busybox")) }
            if case .templateDamaged("busybox", _) = error {} else { Issue.record("\(String(describing: error))") }
        }
    }

    @Test func aMirrorThatIsAwayIsAnErrorWithTheBuildersWordsAndNothingIsLeft() async throws {
        try await withPool { pool, base in
            try HostFile.makeDirectories("\(base)/apt/sources.list.d")
            let builder = TemplateBuilder(pool: pool, recipes: projectRecipes, aptConfiguration: "\(base)/apt")
            #expect(throws: TemplateError.noSources(suite: "bookworm", directory: "\(base)/apt")) { try builder.build("debian-12") }
            try Descriptor.open("\(base)/apt/sources.list", .createNew).write(Array("deb http://127.0.0.1:9/debian bookworm main\n".utf8))
            let error = #expect(throws: TemplateError.self) { try builder.build("debian-12") }
            guard case .builder("/usr/bin/mmdebstrap", let exit, let lines) = error else { Issue.record("\(String(describing: error))"); return }
            #expect(!exit.isSuccess)
            #expect(lines.contains { $0.contains("127.0.0.1") })
            #expect(try Directory("\(pool.directory)/templates").entries().isEmpty)
            #expect(try TemplateLibrary(pool).list().isEmpty)
        }
    }

    @Test func whatAnEndedBuildLeftGoesWithTheNext() async throws {
        try await withPool { pool, base in
            try HostFile.makeDirectories("\(pool.directory)/templates/.busybox.building/root/deep")
            _ = try TemplateBuilder(pool: pool, recipes: projectRecipes).build("busybox")
            #expect(try Directory("\(pool.directory)/templates").entries().map(\.name) == ["busybox"])
        }
    }

    @Test func oneTemplateIsBuiltAtATime() async throws {
        try await withPool { pool, base in
            let held = try Descriptor.open("\(pool.directory)/templates", .directory)
            #expect(try held.tryLock())
            #expect(throws: TemplateError.buildRunning) { try TemplateBuilder(pool: pool, recipes: projectRecipes).build("busybox") }
            _ = consume held
            _ = try TemplateBuilder(pool: pool, recipes: projectRecipes).build("busybox")
        }
    }

    @Test func aFullPoolIsSaidToBeFullAndNothingIsLeft() async throws {
        try await withPool(bytes: 320 << 20) { pool, base in
            let fill = try Descriptor.open("\(pool.directory)/fill", .createNew)
            #expect(throws: KernelError.self) { while true { try fill.write([UInt8](repeating: 1, count: 1 << 18)) } }
            let error = #expect(throws: TemplateError.self) { try TemplateBuilder(pool: pool, recipes: projectRecipes).build("busybox") }
            if case .pool(.poolFull) = error {} else { Issue.record("\(String(describing: error))") }
            #expect(try Directory("\(pool.directory)/templates").entries().isEmpty)
        }
    }

    @Test func debianIsBuiltWithoutWhatEachVPSMakesForItself() async throws {
        try await withPool(bytes: 4 << 30) { pool, base in
            let builder = TemplateBuilder(pool: pool, recipes: projectRecipes)
            var steps: [Double] = []
            let built = try builder.build("debian-12") { fraction, _ in steps.append(fraction) }
            #expect(steps == steps.sorted() && steps.last == 1 && Set(steps).count > 6)
            #expect(built.shutdownSignal == 38)
            #expect(try !HostFile.readText("/proc/self/mountinfo").contains(".building"))
            let driver = ImageDriver(pool)
            let id = VPSID.random()
            try driver.create(id, from: try TemplateName("debian-12"), digest: built.digest, bytes: 2 << 30)
            do {
                let root = try driver.attach(id).root()
                #expect(try root.descriptor.fileSystem().totalBytes == 2 << 30)
                let settings = try root.directory("etc")
                #expect(try settings.directory("ssh").entries().allSatisfy { !$0.name.hasPrefix("ssh_host_") })
                #expect(try settings.read("machine-id").isEmpty)
                #expect(try settings.information(of: "resolv.conf") == nil)
                #expect(try settings.directory("systemd/system").information(of: "sys-kernel-debug.mount")?.isSymbolicLink == true)
                #expect(try settings.directory("systemd/system/getty.target.wants").entries().isEmpty)
                #expect(try String(decoding: settings.read("shadow"), as: UTF8.self).contains("root:*:"))
                #expect(try String(decoding: settings.read("apt/sources.list.d/debian.sources"), as: UTF8.self).contains("Suites: bookworm"))
                #expect(try root.directory("dev").entries().isEmpty)
                #expect(try root.information(of: "usr/bin/su")?.mode == 0o104755)
                let identity = try GuestIdentity(id: id, hostname: "web1", nameServers: ["10.0.0.1"], sshKeys: ["ssh-ed25519 AAAA x"])
                #expect(try FirstBoot.prepare(root, as: identity, steps: built.firstBoot) == FirstBootStep.allCases)
            }
            #expect(try await driver.waitUntilDetached(id, timeout: patience))
            #expect(try Program.run("/usr/sbin/e2fsck", ["-fn", "\(pool.directory)/vps/\(id)/disk.ext4"]).isSuccess)
        }
    }

    /// A recipe's files go where its paths say, whatever the builder's tree has there.
    @Test func aLinkInATreeIsNotFollowedAndDevicesAreDropped() async throws {
        let base = try newFolder()
        try HostFile.makeDirectories("\(base)/root/etc")
        try HostFile.makeDirectories("\(base)/canary")
        let root = try Directory("\(base)/root")
        try root.link("lib", to: "\(base)/canary")
        try root.directory("etc").link("hostname", to: "\(base)/canary/file")
        #expect(try Program.run("/usr/bin/mknod", ["\(base)/root/etc/null", "c", "1", "3"]).isSuccess)
        #expect(try Program.run("/usr/bin/mkfifo", ["\(base)/root/etc/pipe"]).isSuccess)
        let text = "name: a\nsummary: b\nversion: 1\nbuilder: busybox\ninit: /i\nshutdownSignal: SIGUSR2\nminimumDisk: 1MiB\nfiles:\n  - {path: /etc/hostname, content: x}\n"
        try TreeFinish.apply(try Recipe.parse(text, file: "a"), to: root)
        #expect(throws: TemplateError.self) { try TreeFinish.apply(try Recipe.parse(text + "  - {path: /lib/x, content: x}\n", file: "a"), to: root) }
        #expect(try TreeFinish.measure(root) == TreeMeasure(entries: 3, bytes: 8192))
        #expect(try root.directory("etc").entries().map(\.name) == ["hostname"])
        #expect(try Directory("\(base)/canary").entries().isEmpty)
        try Directory("/var/tmp").removeTree(String(base.dropFirst("/var/tmp/".count)))
    }
}

private func newFolder() throws -> String {
    let base = "/var/tmp/roost-templates-test-\(VPSID.random())"
    try HostFile.makeDirectories(base, mode: 0o700)
    return base
}

/// A pool of its own, gone afterwards with its mount and loop device.
private func withPool(bytes: Int64 = 2 << 30, _ body: (Pool, String) async throws -> Void) async throws {
    let base = try newFolder()
    let pool = try Pool.open(directory: "\(base)/pool", file: "\(base)/pool.xfs", size: bytes)
    func end() throws {
        try pool.close(waiting: 120)
        try Directory("/var/tmp").removeTree(String(base.dropFirst("/var/tmp/".count)))
        #expect(try !HostFile.readText("/proc/self/mountinfo").contains(base))
    }
    do { try await body(pool, base) } catch {
        try end()
        throw error
    }
    try end()
}
