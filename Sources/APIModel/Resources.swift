/// What the HTTP API answers with. Sizes are bytes, CPU is millicores, times are RFC 3339 in UTC, names are as in DESIGN's words.
package struct Tenant: Codable, Sendable, Equatable {
    package var name: String
    package var quota: Quota
    package var usage: Quota
    /// Of all that is its own.
    package var suspensions: [Suspension]
    /// What the books of whoever it is a customer of call it.
    package var externalID: String?
    /// It may own tenants.
    package var isReseller: Bool
    /// Whose customer it is. Nil: the platform's own.
    package var reseller: String?
    package var createdAt: String

    package init(name: String, quota: Quota, usage: Quota, suspensions: [Suspension], externalID: String? = nil, isReseller: Bool = false, reseller: String? = nil, createdAt: String) {
        self.externalID = externalID
        self.isReseller = isReseller
        self.reseller = reseller
        self.name = name
        self.quota = quota
        self.usage = usage
        self.suspensions = suspensions
        self.createdAt = createdAt
    }
}

/// Why something may not run: it does once there is none.
package struct Suspension: Codable, Sendable, Equatable {
    /// billing, abuse, quota, admin, reseller
    package var reason: String
    /// tenant, vps, or reseller
    package var scope: String
    package var detail: String
    package var since: String

    package init(reason: String, scope: String, detail: String, since: String) {
        self.reason = reason
        self.scope = scope
        self.detail = detail
        self.since = since
    }
}

/// A tenant's ceilings, or what it uses of them.
package struct Quota: Codable, Sendable, Equatable {
    package var vps: Int64
    package var cpuMillicores: Int64
    package var memoryBytes: Int64
    package var diskBytes: Int64
    package var addresses: Int64

    package init(vps: Int64, cpuMillicores: Int64, memoryBytes: Int64, diskBytes: Int64, addresses: Int64) {
        self.vps = vps
        self.cpuMillicores = cpuMillicores
        self.memoryBytes = memoryBytes
        self.diskBytes = diskBytes
        self.addresses = addresses
    }
}

package struct Plan: Codable, Sendable, Equatable {
    package var name: String
    package var cpuMillicores: Int64
    package var memoryBytes: Int64
    package var swapBytes: Int64
    package var diskBytes: Int64
    package var processes: Int64
    package var nesting: Bool
    package var createdAt: String

    package init(name: String, cpuMillicores: Int64, memoryBytes: Int64, swapBytes: Int64, diskBytes: Int64, processes: Int64, nesting: Bool, createdAt: String) {
        self.name = name
        self.cpuMillicores = cpuMillicores
        self.memoryBytes = memoryBytes
        self.swapBytes = swapBytes
        self.diskBytes = diskBytes
        self.processes = processes
        self.nesting = nesting
        self.createdAt = createdAt
    }
}

package struct Template: Codable, Sendable, Equatable {
    package var name: String
    package var summary: String
    package var digest: String
    package var imageBytes: Int64
    package var minimumDiskBytes: Int64
    package var builtAt: String

    package init(name: String, summary: String, digest: String, imageBytes: Int64, minimumDiskBytes: Int64, builtAt: String) {
        self.name = name
        self.summary = summary
        self.digest = digest
        self.imageBytes = imageBytes
        self.minimumDiskBytes = minimumDiskBytes
        self.builtAt = builtAt
    }
}

package struct VPS: Codable, Sendable, Equatable {
    package var id: String
    package var tenant: String
    package var name: String
    package var plan: String
    package var template: String
    package var node: String
    /// running, stopped, starting, stopping, failed, unknown
    package var state: String
    /// Why, where the state needs words.
    package var stateReason: String?
    /// What the tenant wants; one that is suspended is stopped nevertheless.
    package var desiredState: String
    /// Its own, its tenant's, and its tenant's reseller's.
    package var suspensions: [Suspension]
    package var addresses: [Address]
    package var cpuMillicores: Int64
    package var memoryBytes: Int64
    package var diskBytes: Int64
    /// What the books of whoever sells it call it.
    package var externalID: String?
    /// On the host; for an admin only.
    package var initPid: Int32?
    package var createdAt: String

    package struct Address: Codable, Sendable, Equatable {
        /// ipv4 or ipv6
        package var family: String
        package var address: String
        /// 32, or the length of the routed IPv6 prefix.
        package var prefixLength: Int

        package init(family: String, address: String, prefixLength: Int) {
            self.family = family
            self.address = address
            self.prefixLength = prefixLength
        }
    }

    package init(
        id: String, tenant: String, name: String, plan: String, template: String, node: String, state: String, stateReason: String?, desiredState: String,
        suspensions: [Suspension], addresses: [Address], cpuMillicores: Int64, memoryBytes: Int64, diskBytes: Int64, initPid: Int32?, externalID: String? = nil, createdAt: String
    ) {
        self.externalID = externalID
        self.id = id
        self.tenant = tenant
        self.name = name
        self.plan = plan
        self.template = template
        self.node = node
        self.state = state
        self.stateReason = stateReason
        self.desiredState = desiredState
        self.suspensions = suspensions
        self.addresses = addresses
        self.cpuMillicores = cpuMillicores
        self.memoryBytes = memoryBytes
        self.diskBytes = diskBytes
        self.initPid = initPid
        self.createdAt = createdAt
    }
}

package struct Operation: Codable, Sendable, Equatable {
    package var id: String
    /// vps.create, vps.start, vps.stop, vps.restart, vps.change, vps.delete, template.build
    package var kind: String
    /// "tenant/name" of a VPS, or a template's name.
    package var subject: String
    /// pending, running, succeeded, failed
    package var status: String
    /// 0…100
    package var progress: Int
    package var message: String
    package var error: Problem?
    /// The VPS that it is about, while that exists.
    package var vps: VPS?
    package var createdAt: String
    package var finishedAt: String?

    package init(
        id: String, kind: String, subject: String, status: String, progress: Int, message: String, error: Problem?, vps: VPS?, createdAt: String,
        finishedAt: String?
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.status = status
        self.progress = progress
        self.message = message
        self.error = error
        self.vps = vps
        self.createdAt = createdAt
        self.finishedAt = finishedAt
    }
}
