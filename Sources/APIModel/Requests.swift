/// What the HTTP API takes. A field that is not named here is refused.
package struct TenantCreate: Codable, Sendable, Equatable {
    package var name: String
    package var quota: Quota
    /// What the caller's own books call it.
    package var externalID: String?
    /// Whose customer it is to be. Left out: the platform's own, or the reseller's who asks.
    package var reseller: String?
    /// It may own tenants. Left out: false.
    package var isReseller: Bool?

    package init(name: String, quota: Quota, externalID: String? = nil, reseller: String? = nil, isReseller: Bool? = nil) {
        self.name = name
        self.quota = quota
        self.externalID = externalID
        self.reseller = reseller
        self.isReseller = isReseller
    }
}

/// What to change; what is left out stays.
package struct TenantChange: Codable, Sendable, Equatable {
    package var vps: Int64?
    package var cpuMillicores: Int64?
    package var memoryBytes: Int64?
    package var diskBytes: Int64?
    package var addresses: Int64?
    package var isReseller: Bool?

    package init(vps: Int64? = nil, cpuMillicores: Int64? = nil, memoryBytes: Int64? = nil, diskBytes: Int64? = nil, addresses: Int64? = nil, isReseller: Bool? = nil) {
        self.isReseller = isReseller
        self.vps = vps
        self.cpuMillicores = cpuMillicores
        self.memoryBytes = memoryBytes
        self.diskBytes = diskBytes
        self.addresses = addresses
    }
}

package struct PlanCreate: Codable, Sendable, Equatable {
    package var name: String
    package var cpuMillicores: Int64
    package var memoryBytes: Int64
    package var diskBytes: Int64
    /// Left out: none.
    package var swapBytes: Int64?
    /// Left out: 512.
    package var processes: Int64?
    /// Left out: false.
    package var nesting: Bool?

    package init(name: String, cpuMillicores: Int64, memoryBytes: Int64, diskBytes: Int64, swapBytes: Int64? = nil, processes: Int64? = nil, nesting: Bool? = nil) {
        self.name = name
        self.cpuMillicores = cpuMillicores
        self.memoryBytes = memoryBytes
        self.diskBytes = diskBytes
        self.swapBytes = swapBytes
        self.processes = processes
        self.nesting = nesting
    }
}

package struct TemplateBuild: Codable, Sendable, Equatable {
    package var name: String

    package init(name: String) { self.name = name }
}

package struct VPSCreate: Codable, Sendable, Equatable {
    package var name: String
    package var plan: String
    package var template: String
    package var sshKeys: [String]?
    /// Left out: true.
    package var start: Bool?
    /// What the books of whoever sells it call it; for an admin, or its reseller.
    package var externalID: String?

    package init(name: String, plan: String, template: String, sshKeys: [String]? = nil, start: Bool? = nil, externalID: String? = nil) {
        self.externalID = externalID
        self.name = name
        self.plan = plan
        self.template = template
        self.sshKeys = sshKeys
        self.start = start
    }
}

package struct VPSChange: Codable, Sendable, Equatable {
    package var plan: String

    package init(plan: String) { self.plan = plan }
}

package struct TicketCreate: Codable, Sendable, Equatable {
    /// exec or console
    package var stream: String

    package init(stream: String) { self.stream = stream }
}

package struct PasswordPut: Codable, Sendable, Equatable {
    package var password: String

    package init(password: String) { self.password = password }
}

/// For stop and restart.
package struct PowerChange: Codable, Sendable, Equatable {
    /// Without asking the guest first. Left out: false.
    package var force: Bool?

    package init(force: Bool? = nil) { self.force = force }
}

package struct SuspensionPut: Codable, Sendable, Equatable {
    /// A line for the tenant to read.
    package var detail: String?

    package init(detail: String? = nil) { self.detail = detail }
}

package struct TokenCreate: Codable, Sendable, Equatable {
    package var name: String
    /// admin or clerk, of the platform; owner, member or reader, of a tenant
    package var role: String
    /// Left out: all that the role has.
    package var verbs: [String]?
    /// Names of the tenant's VPSes that it is for. Left out: all, also those to come.
    package var vps: [String]?
    /// Networks that it can be used from, as 203.0.113.0/24. Left out: anywhere.
    package var sources: [String]?
    /// RFC 3339. Left out: until it is revoked.
    package var expiresAt: String?

    package init(name: String, role: String, verbs: [String]? = nil, vps: [String]? = nil, sources: [String]? = nil, expiresAt: String? = nil) {
        self.name = name
        self.role = role
        self.verbs = verbs
        self.vps = vps
        self.sources = sources
        self.expiresAt = expiresAt
    }
}
