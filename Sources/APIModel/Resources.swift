/// What the HTTP API answers with. Sizes are bytes, CPU is millicores, times are RFC 3339 in UTC, names are as in DESIGN's words.
package struct Tenant: Codable, Sendable, Equatable {
    package var name: String
    package var quota: Quota
    package var usage: Quota
    /// Of all that is its own.
    package var suspensions: [Suspension]
    /// What the platform's own books call it.
    package var externalID: String?
    package var createdAt: String

    package init(name: String, quota: Quota, usage: Quota, suspensions: [Suspension], externalID: String? = nil, createdAt: String) {
        self.externalID = externalID
        self.name = name
        self.quota = quota
        self.usage = usage
        self.suspensions = suspensions
        self.createdAt = createdAt
    }
}

/// Why something may not run: it does once there is none.
package struct Suspension: Codable, Sendable, Equatable {
    /// billing, abuse, quota, admin
    package var reason: String
    /// tenant or vps
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
    /// Its own and its tenant's.
    package var suspensions: [Suspension]
    package var addresses: [Address]
    package var cpuMillicores: Int64
    package var memoryBytes: Int64
    package var diskBytes: Int64
    /// What the platform's own books call it.
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

package struct Event: Codable, Sendable, Equatable {
    package var id: Int64
    package var at: String
    /// admin, a token, or what of the platform itself acted: node, reconciler
    package var actor: String
    /// The address that he called from, or his process; nil: from within.
    package var source: String?
    /// As its answer had it in X-Request-Id.
    package var request: String?
    /// tenant.created, vps.created, vps.started, vps.stopped …
    package var kind: String
    package var subject: String
    package var detail: String
    /// What was otherwise before, and what is so now.
    package var before: [String: String]?
    package var after: [String: String]?
    /// SHA-256 over this and all before it, in hexadecimal; nil: written by an older release.
    package var hash: String?

    package init(
        id: Int64, at: String, actor: String, source: String? = nil, request: String? = nil, kind: String, subject: String, detail: String, before: [String: String]? = nil, after: [String: String]? = nil,
        hash: String? = nil
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.source = source
        self.request = request
        self.before = before
        self.after = after
        self.hash = hash
        self.kind = kind
        self.subject = subject
        self.detail = detail
    }
}

/// What the audit log's own arithmetic says of it.
package struct EventVerdict: Codable, Sendable, Equatable {
    package var isWhole: Bool
    package var events: Int64
    /// Of the newest event, in hexadecimal: to be noted elsewhere.
    package var head: String
    /// The first event that is not what it was.
    package var brokenAt: Int64?

    package init(isWhole: Bool, events: Int64, head: String, brokenAt: Int64?) {
        self.isWhole = isWhole
        self.events = events
        self.head = head
        self.brokenAt = brokenAt
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

package struct Token: Codable, Sendable, Equatable {
    package var id: String
    package var name: String
    /// Of a tenant's token.
    package var tenant: String?
    package var role: String
    /// What it allows.
    package var verbs: [String]
    /// Only for these; nil: all of the tenant's.
    package var vps: [String]?
    /// Only from these networks; empty: anywhere.
    package var sources: [String]
    /// valid, expired, revoked
    package var state: String
    package var createdAt: String
    package var createdBy: String
    package var expiresAt: String?
    package var revokedAt: String?
    /// To the minute.
    package var lastUsedAt: String?
    package var lastUsedFrom: String?

    package init(
        id: String, name: String, tenant: String?, role: String, verbs: [String], vps: [String]?, sources: [String], state: String, createdAt: String, createdBy: String,
        expiresAt: String?, revokedAt: String?, lastUsedAt: String?, lastUsedFrom: String?
    ) {
        self.id = id
        self.name = name
        self.tenant = tenant
        self.role = role
        self.verbs = verbs
        self.vps = vps
        self.sources = sources
        self.state = state
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
        self.lastUsedFrom = lastUsedFrom
    }
}

/// The answer to the making of a token, and the only place where its secret is ever seen.
package struct NewToken: Codable, Sendable, Equatable {
    package var token: Token
    package var secret: String

    package init(token: Token, secret: String) {
        self.token = token
        self.secret = secret
    }
}

/// What opens one stream, once.
package struct Ticket: Codable, Sendable, Equatable {
    /// For the stream's address: `?ticket=…`.
    package var ticket: String
    package var expiresAt: String

    package init(ticket: String, expiresAt: String) {
        self.ticket = ticket
        self.expiresAt = expiresAt
    }
}

/// Who asks, and how far he may go.
package struct Caller: Codable, Sendable, Equatable {
    package var role: String
    package var tenant: String?
    package var verbs: [String]
    /// Only these of the tenant's VPSes; nil: all.
    package var vps: [String]?

    package init(role: String, tenant: String?, verbs: [String], vps: [String]?) {
        self.role = role
        self.tenant = tenant
        self.verbs = verbs
        self.vps = vps
    }
}
