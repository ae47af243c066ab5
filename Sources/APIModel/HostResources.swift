package struct Node: Codable, Sendable, Equatable {
    package var name: String
    /// online or unreachable
    package var status: String
    package var version: String
    package var kernel: String
    package var cgroupVersion: Int
    /// What the node has, what may be sold of it (capacity × overcommit ratio), what is sold.
    package var capacity: Resources
    package var sellable: Resources
    package var sold: Resources

    package struct Resources: Codable, Sendable, Equatable {
        package var cpuMillicores: Int64
        package var memoryBytes: Int64
        package var diskBytes: Int64

        package init(cpuMillicores: Int64, memoryBytes: Int64, diskBytes: Int64) {
            self.cpuMillicores = cpuMillicores
            self.memoryBytes = memoryBytes
            self.diskBytes = diskBytes
        }
    }

    package init(name: String, status: String, version: String, kernel: String, cgroupVersion: Int, capacity: Resources, sellable: Resources, sold: Resources) {
        self.name = name
        self.status = status
        self.version = version
        self.kernel = kernel
        self.cgroupVersion = cgroupVersion
        self.capacity = capacity
        self.sellable = sellable
        self.sold = sold
    }
}

package struct AddressLease: Codable, Sendable, Equatable {
    package var family: String
    package var address: String
    package var prefixLength: Int
    package var tenant: String
    package var vps: String
    package var leasedAt: String

    package init(family: String, address: String, prefixLength: Int, tenant: String, vps: String, leasedAt: String) {
        self.family = family
        self.address = address
        self.prefixLength = prefixLength
        self.tenant = tenant
        self.vps = vps
        self.leasedAt = leasedAt
    }
}

/// That a VPS had an address, from when to when.
package struct AddressHolding: Codable, Sendable, Equatable {
    package var address: String
    package var prefixLength: Int
    package var tenant: String
    package var vps: String
    package var vpsID: String
    package var leasedAt: String
    /// Nil: it has it still.
    package var releasedAt: String?

    package init(address: String, prefixLength: Int, tenant: String, vps: String, vpsID: String, leasedAt: String, releasedAt: String?) {
        self.address = address
        self.prefixLength = prefixLength
        self.tenant = tenant
        self.vps = vps
        self.vpsID = vpsID
        self.leasedAt = leasedAt
        self.releasedAt = releasedAt
    }
}

package struct DoctorCheck: Codable, Sendable, Equatable {
    package var name: String
    /// ok, warning, missing
    package var status: String
    package var found: String
    package var meaning: String
    package var remedy: String

    package init(name: String, status: String, found: String, meaning: String, remedy: String) {
        self.name = name
        self.status = status
        self.found = found
        self.meaning = meaning
        self.remedy = remedy
    }
}

package struct ServerVersion: Codable, Sendable, Equatable {
    package var version: String
    package var api: String

    package init(version: String, api: String) {
        self.version = version
        self.api = api
    }
}

package struct DoctorReport: Codable, Sendable {
    package var checks: [DoctorCheck]

    package init(checks: [DoctorCheck]) { self.checks = checks }
}
