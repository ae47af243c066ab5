import Disks
import Kernel
import NodeModel
import Testing

/// A builder of another suite may hold a copy of a mount for as long as it builds.
let patience = Duration.seconds(600)

/// A pool of its own in a folder of its own, gone afterwards with every mount and loop device, also when the body throws.
func withPool(bytes: Int64 = 1 << 30, _ body: (PoolFixture) async throws -> Void) async throws {
    let fixture = try PoolFixture(bytes: bytes)
    do { try await body(fixture) } catch {
        try fixture.remove()
        throw error
    }
    try fixture.remove()
}

struct PoolFixture {
    let base: String
    let pool: Pool
    var directory: String { "\(base)/pool" }
    var file: String { "\(base)/pool.xfs" }

    init(bytes: Int64) throws {
        base = try newFolder()
        pool = try Pool.open(directory: "\(base)/pool", file: "\(base)/pool.xfs", size: bytes)
    }

    func remove() throws {
        try pool.close(waiting: 120)  // a builder of another suite may hold a copy of this mount for a minute
        try Directory("/var/tmp").removeTree(String(base.dropFirst("/var/tmp/".count)))
        #expect(try loopDevices(under: base).isEmpty)
        #expect(try !HostFile.readText("/proc/self/mountinfo").contains(base))
        #expect(!HostFile.exists(base))
    }

    /// A template of 8 MiB with the folders that a guest has.
    @discardableResult
    func addTemplate(_ name: String = "tiny", digest: String = "d1", steps: [FirstBootStep] = FirstBootStep.allCases) throws -> TemplateName {
        let tree = "\(base)/tree"
        for folder in ["etc/ssh", "root", "var"] { try HostFile.makeDirectories("\(tree)/\(folder)") }
        try put("old\n", "\(tree)/etc/hostname")
        try put("key", "\(tree)/etc/ssh/ssh_host_rsa_key")
        let folder = "\(directory)/templates/\(name)"
        try HostFile.makeDirectories(folder, mode: 0o700)
        let made = try Program.run("/usr/sbin/mke2fs", ["-q", "-t", "ext4", "-b", "4096", "-m", "0", "-E", "lazy_itable_init=1,nodiscard,root_owner=0:0", "-d", tree, "\(folder)/image.ext4", "8M"])
        #expect(made.isSuccess)
        let template = Template(name: name, summary: "for tests", recipeVersion: 1, digest: digest, imageBytes: 8 << 20, minimumDiskBytes: 8 << 20, builtAt: 1, initPath: "/sbin/init", shutdownSignal: 12, firstBoot: steps)
        try put(String(decoding: try TemplateLibrary.encode(template), as: UTF8.self), "\(folder)/template.json")
        return try TemplateName(name)
    }
}

func newFolder() throws -> String {
    let base = "/var/tmp/roost-disks-test-\(VPSID.random())"
    try HostFile.makeDirectories(base, mode: 0o700)
    return base
}

func put(_ text: String, _ path: String) throws { try Descriptor.open(path, .createOrTruncate).write(Array(text.utf8)) }

/// Those whose file lies under `base`.
func loopDevices(under base: String) throws -> [String] {
    try Directory("/sys/block").entries().map(\.name).filter { name in
        guard name.hasPrefix("loop"), let file = try? HostFile.readText("/sys/block/\(name)/loop/backing_file") else { return false }  // nothing attached
        return file.hasPrefix(base)
    }
}

/// Loop devices and mounts need root.
let isRoot = (try? HostFile.readText("/proc/self/status"))?.contains("Uid:\t0\t") ?? false  // unreadable: not root
