internal import Cgroups
internal import Confinement
internal import Disks
internal import Filtering
internal import Kernel
internal import NodeModel

/// What of this host VPSes are made from: the pool, the cgroups, the firewall, the warden's program. Its extensions say in
/// a VPS's terms what each of the rooms below says in its own.
package struct Host: Sendable {
    package let layout: Layout
    let pool: Pool
    let disks: ImageDriver
    let ruleset: BaseRuleset
    let cgroups: CgroupTree
    /// A sealed copy in memory: nothing on the host's disk is executed inside a VPS's reach (CVE-2019-5736).
    let wardenProgram: SharedDescriptor
    let confinement: ConfinementValues
    /// One node on one runtime folder, and on one pool: held until the process ends.
    private let locks: [SharedDescriptor]

    /// Opens the pool, loads the rules and makes what all VPSes share. Idempotent.
    package static func prepare(_ layout: Layout) throws -> Host {
        try TrustedFolder.check([layout.runtime, layout.pool, layout.poolFile])
        let host = try open(layout)
        try HostFile.makeDirectories(layout.wardens, mode: 0o700)
        try host.ruleset.load()
        try HostSettings.apply(record: layout.settingsRecord, except: layout.interfacePrefix)
        return host
    }

    /// With the pool mounted and the base of the cgroups made, nothing else.
    static func open(_ layout: Layout) throws -> Host {
        try HostFile.makeDirectories(layout.runtime)
        try HostFile.makeDirectories(HostFile.split(layout.poolLock).folder)
        let locks = try ["\(layout.runtime)/node.lock", layout.poolLock].map { path in
            let lock = try Descriptor.open(path, .createOrTruncate, mode: 0o600)
            guard try lock.tryLock() else { throw NodeProblem(.busy, "another roost-node runs here (it holds \(path)): stop it first, or give this one folders of its own") }
            return SharedDescriptor(lock)
        }
        let pool = try Pool.open(directory: layout.pool, file: layout.poolFile, size: layout.poolBytes)
        return Host(
            layout: layout, pool: pool, disks: ImageDriver(pool),
            ruleset: try ruleset(layout),
            cgroups: try CgroupTree(preparing: layout.cgroup, in: try CgroupHierarchy.detect()),
            wardenProgram: SharedDescriptor(try MemoryFile.sealed("roost-warden", try HostFile.read(layout.wardenProgram))),
            confinement: try ConfinementValues(),
            locks: locks)
    }
}

/// The filters and capabilities, made once by libseccomp and libcap.
struct ConfinementValues: Sendable {
    private let filters: [Bool: [UInt8]]
    private let capabilities: [Bool: UInt64]
    let lastCapability: UInt8

    init() throws {
        filters = [true: try SyscallFilter.standard(nesting: true), false: try SyscallFilter.standard(nesting: false)]
        capabilities = [true: try CapabilitySet.guest(nesting: true).mask, false: try CapabilitySet.guest(nesting: false).mask]
        lastCapability = UInt8(try CapabilitySet.lastOfKernel())
    }

    func filter(nesting: Bool) -> [UInt8] { filters[nesting] ?? [] }  // both are there
    func capabilities(nesting: Bool) -> UInt64 { capabilities[nesting] ?? 0 }  // both are there
}
