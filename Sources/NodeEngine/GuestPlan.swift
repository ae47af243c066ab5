package import NodeModel
package import WardenProtocol

/// The warden's plan for a whole VPS, from its specification: a pure value, so that every step of it can be looked at.
package struct GuestPlan: Equatable, Sendable {
    /// What comes from other targets as finished values.
    package struct Ingredients: Equatable, Sendable {
        package var initArguments: [String]
        package var filter: [UInt8]
        package var capabilities: UInt64
        package var lastCapability: UInt8
        package var masked: [String]
        package var readOnly: [String]
        /// All that the guest has of /sys; nil: the whole.
        package var partsOfSys: [String]?
        package var wardenUser: UInt32
        /// How many v1 cgroups the child enters.
        package var cgroupFiles: Int
        /// What a node that is protected from the kernel's memory killer must not hand down.
        package var memoryPressure: [Step]
        /// Whole seconds since the host's boot, so that the guest's clocks start at zero.
        package var hostUptime: Int64

        package init(
            initArguments: [String], filter: [UInt8], capabilities: UInt64, lastCapability: UInt8, masked: [String], readOnly: [String], partsOfSys: [String]?,
            wardenUser: UInt32, cgroupFiles: Int, memoryPressure: [Step], hostUptime: Int64
        ) {
            self.initArguments = initArguments
            self.filter = filter
            self.capabilities = capabilities
            self.lastCapability = lastCapability
            self.masked = masked
            self.readOnly = readOnly
            self.partsOfSys = partsOfSys
            self.wardenUser = wardenUser
            self.cgroupFiles = cgroupFiles
            self.memoryPressure = memoryPressure
            self.hostUptime = hostUptime
        }
    }

    /// The descriptors of the first packet, in this order; the cgroup files follow.
    package enum FirstSlots { static let listener: Step.Slot = 0, record: Step.Slot = 1, leaf: Step.Slot = 2, cgroupFiles: Step.Slot = 3 }

    package static func plan(_ specification: VPSSpecification, _ with: Ingredients) -> Plan {
        let root = FirstSlots.cgroupFiles + Step.Slot(with.cgroupFiles)
        let staged = fileSystems(memoryBytes: specification.limits.memoryBytes, partsOfSys: with.partsOfSys)
        return Plan(
            before: with.memoryPressure + clocks(hostUptime: with.hostUptime),
            cloneFlags: Namespaces.ofABirth,
            bornIn: FirstSlots.leaf,
            // What takes waiting is done side by side: from the birth on the node makes the network, sends the disk when that is
            // attached, and its leave when both are there. Meanwhile the child enters its v1 cgroups, inside which its cgroup
            // namespace must begin, and makes all other file systems.
            onChild: [.mapIDs(base: specification.idBase, count: VPSSpecification.idCount), .release, .reportBirth, .receive, .mapMount(root), .give(root), .receive, .release],
            child: (0..<with.cgroupFiles).map { .placeSelf(FirstSlots.cgroupFiles + Step.Slot($0)) }
                + [.hold, .becomeRoot, .unshare(flags: Namespaces.cgroup), .makeMountsPrivate, .stage]
                + staged
                + devices
                + with.masked.map { .mask(path: utf8($0)) }
                + with.readOnly.map { .makeReadOnly(path: utf8($0)) }
                + [.take, .placeRoot(root)] + placing(staged)
                + confinement(specification.hostname, with)
                + [.execute(arguments: with.initArguments.map(utf8), environment: environment)],
            afterwards: .keepGuard(listener: FirstSlots.listener, record: FirstSlots.record, uid: with.wardenUser))
    }

    /// time_namespaces(7): the offsets are written before anybody is inside.
    private static func clocks(hostUptime: Int64) -> [Step] {
        [.unshare(flags: Namespaces.time),
         .writeFile(path: utf8("/proc/self/timens_offsets"), content: utf8("monotonic -\(hostUptime) 0\nboottime -\(hostUptime) 0\n"))]
    }

    private static let environment = ["container=roost", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=linux", "HOME=/root"].map(utf8)

    /// The last steps: what needs a capability or a system call that the guest will not have comes before it is given up.
    private static func confinement(_ hostname: String, _ with: Ingredients) -> [Step] {
        [.pivot, .setHostname(utf8(hostname)), .newKeyring, .hold, .loadFilter(with.filter),
         .limitCapabilities(keep: with.capabilities, last: with.lastCapability), .changeDirectory(utf8("/"))]
    }
}

func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }
