@testable import Disks
import Kernel
import NodeModel
import Testing

@Suite(.enabled(if: isRoot, "needs root: loop devices and mounts"), .serialized)
struct PoolTests {
    @Test func aPoolIsMadeFoundAgainClosedAndOpenedAgain() async throws {
        try await withPool { fixture in
            #expect(fixture.pool.file == fixture.file)
            let again = try Pool.open(directory: fixture.directory, file: fixture.file, size: 1 << 30)
            #expect(again == fixture.pool)
            #expect(try loopDevices(under: fixture.base).count == 1)
            try put("kept", "\(fixture.directory)/templates/mark")
            let capacity = try again.capacity()
            #expect(capacity.totalBytes > 900 << 20 && capacity.totalBytes <= 1 << 30)
            #expect(capacity.freeBytes > 800 << 20 && capacity.freeBytes < capacity.totalBytes)
            try again.close(waiting: 120)
            try again.close()
            #expect(try loopDevices(under: fixture.base).isEmpty)
            #expect(!HostFile.exists("\(fixture.directory)/templates"))
            let third = try Pool.open(directory: fixture.directory, file: fixture.file, size: 1 << 30)
            #expect(try HostFile.readText("\(third.directory)/templates/mark") == "kept")
        }
    }

    @Test func onlyRootSeesIntoAPoolAndNothingInItIsADeviceOrSetuid() async throws {
        try await withPool { fixture in
            for path in [fixture.directory, "\(fixture.directory)/templates", "\(fixture.directory)/vps"] {
                let info = try Descriptor.open(path, .directory).information()
                #expect(info.mode & 0o7777 == 0o700 && info.owner == 0, "\(path)")
            }
            #expect(try Descriptor.open(fixture.file, .read).information().mode & 0o777 == 0o600)
            let line = try #require(try HostFile.readText("/proc/self/mountinfo").split(separator: "\n").first { $0.contains(" \(fixture.directory) ") })
            #expect(line.contains("nosuid,nodev"))
            let device = try #require(try loopDevices(under: fixture.base).first)
            #expect(try HostFile.readText("/sys/block/\(device)/loop/dio") == "1\n")
        }
    }

    @Test func aFileThatWasHalfMadeIsMadeAnew() async throws {
        let base = try newFolder()
        try put("half", "\(base)/pool.xfs.new")
        let pool = try Pool.open(directory: "\(base)/pool", file: "\(base)/pool.xfs", size: 400 << 20)
        #expect(!HostFile.exists("\(base)/pool.xfs.new"))
        try pool.close(waiting: 120)
        try Directory("/var/tmp").removeTree(String(base.dropFirst("/var/tmp/".count)))
    }

    @Test func somebodyElsesDataIsNeverTouched() async throws {
        let base = try newFolder()
        try put("a letter", "\(base)/pool.xfs")
        #expect(throws: DiskError.foreignFile("\(base)/pool.xfs")) { try Pool.open(directory: "\(base)/pool", file: "\(base)/pool.xfs", size: 1 << 30) }
        #expect(try HostFile.readText("\(base)/pool.xfs") == "a letter")

        try HostFile.makeDirectories("\(base)/full")
        try put("mine", "\(base)/full/file")
        #expect(throws: DiskError.directoryNotEmpty("\(base)/full")) { try Pool.open(directory: "\(base)/full", file: "\(base)/none", size: 1 << 30) }

        try mountMemory(at: "\(base)/pool")
        #expect(throws: DiskError.foreignMount(directory: "\(base)/pool", type: "tmpfs", source: "mine")) { try Pool.open(directory: "\(base)/pool", file: "\(base)/none", size: 1 << 30) }
        try NewMount.detach("\(base)/pool")
        #expect(throws: DiskError.poolTooSmall(bytes: 1 << 20, minimum: 300 << 20)) { try Pool.open(directory: "\(base)/pool", file: "\(base)/none", size: 1 << 20) }
        #expect(!HostFile.exists("\(base)/none"))
        try Directory("/var/tmp").removeTree(String(base.dropFirst("/var/tmp/".count)))
    }

    @Test func oneFileIsNeverMountedTwice() async throws {
        try await withPool { fixture in
            #expect(throws: DiskError.poolFileInUse(fixture.file)) { try Pool.open(directory: "\(fixture.base)/other", file: fixture.file, size: 1 << 30) }
        }
    }

    @Test func aDirectoryThatSharesBlocksIsUsedAsItIs() async throws {
        try await withPool { fixture in
            let inner = try Pool.open(directory: "\(fixture.directory)/inner", file: "\(fixture.base)/inner.xfs", size: 1 << 30)
            #expect(inner.file == nil)
            #expect(!HostFile.exists("\(fixture.base)/inner.xfs"))
            #expect(try Directory(inner.directory).entries().map(\.name).sorted() == ["templates", "vps"])
            #expect(try Pool.open(directory: inner.directory, file: "\(fixture.base)/inner.xfs", size: 1 << 30) == inner)
        }
    }

    @Test func aPoolWithAnAttachedDiskDoesNotClose() async throws {
        try await withPool { fixture in
            let template = try fixture.addTemplate()
            let driver = ImageDriver(fixture.pool)
            let id = VPSID.random()
            try driver.create(id, from: template, digest: nil, bytes: 16 << 20)
            let disk = try driver.attach(id)
            #expect(throws: DiskError.poolInUse(directory: fixture.directory)) { try fixture.pool.close() }
            _ = consume disk
            #expect(try await driver.waitUntilDetached(id, timeout: patience))
        }
    }

    @Test func whatWasOnItsWayOutGoesWhenThePoolIsOpened() async throws {
        try await withPool { fixture in
            try HostFile.makeDirectories("\(fixture.directory)/vps/.removed.abcdefghjk/more")
            try HostFile.makeDirectories("\(fixture.directory)/templates/.debian.building/root")
            _ = try Pool.open(directory: fixture.directory, file: fixture.file, size: 1 << 30)
            #expect(try fixture.pool.disks().entries().isEmpty)
            #expect(try fixture.pool.templates().entries().isEmpty)
        }
    }
}

private func mountMemory(at directory: String) throws { try NewMount.attach(NewMount.make("tmpfs", source: "mine", attributes: [.noDevices]), at: directory) }
