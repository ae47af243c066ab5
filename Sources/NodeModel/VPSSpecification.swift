/// Everything a node needs to make a VPS, complete and final: no default is applied after this.
package struct VPSSpecification: Codable, Sendable, Equatable {
    package var id: VPSID
    /// Counts up with every accepted change. A node refuses one lower than it has.
    package var generation: Int64
    package var power: Power
    package var hostname: String
    /// A template's name and the SHA-256 of its image, in hexadecimal.
    package var template: String
    package var templateDigest: String
    package var limits: Limits
    package var diskBytes: Int64
    /// The range of ids is [idBase, idBase + `idCount`).
    package var idBase: UInt32
    package var addresses: [Address]
    package var nameServers: [String]
    /// Lines of root's `authorized_keys`, each checked to be one line.
    package var sshKeys: [String]
    /// Containers inside the VPS: nested user namespaces are allowed.
    package var nesting: Bool

    package static let idCount: UInt32 = 65_536

    package enum Power: String, Codable, Sendable { case running, stopped }

    package struct Limits: Codable, Sendable, Equatable {
        package var cpuMillicores: Int64
        /// 1 to 10,000, as cgroup v2's `cpu.weight`.
        package var cpuWeight: Int64
        package var memoryBytes: Int64
        package var swapBytes: Int64
        package var processes: Int64

        package init(cpuMillicores: Int64, cpuWeight: Int64, memoryBytes: Int64, swapBytes: Int64, processes: Int64) {
            self.cpuMillicores = cpuMillicores
            self.cpuWeight = cpuWeight
            self.memoryBytes = memoryBytes
            self.swapBytes = swapBytes
            self.processes = processes
        }
    }

    /// An address of the guest in numeric text. IPv4: always a /32. IPv6: the guest's own address within its routed prefix.
    package struct Address: Codable, Sendable, Equatable, Hashable {
        package enum Family: String, Codable, Sendable { case ipv4, ipv6 }
        package var family: Family
        package var address: String
        /// 32 for IPv4; the routed prefix's length for IPv6 (64).
        package var prefixLength: Int

        package init(family: Family, address: String, prefixLength: Int) {
            self.family = family
            self.address = address
            self.prefixLength = prefixLength
        }
    }

    package init(
        id: VPSID, generation: Int64, power: Power, hostname: String, template: String, templateDigest: String, limits: Limits,
        diskBytes: Int64, idBase: UInt32, addresses: [Address], nameServers: [String], sshKeys: [String], nesting: Bool
    ) {
        self.id = id
        self.generation = generation
        self.power = power
        self.hostname = hostname
        self.template = template
        self.templateDigest = templateDigest
        self.limits = limits
        self.diskBytes = diskBytes
        self.idBase = idBase
        self.addresses = addresses
        self.nameServers = nameServers
        self.sshKeys = sshKeys
        self.nesting = nesting
    }
}
