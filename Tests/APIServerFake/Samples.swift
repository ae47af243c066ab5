package import APIModel

/// One of each resource.
package enum Samples {
    package static let quota = Quota(vps: 10, cpuMillicores: 8000, memoryBytes: 16 << 30, diskBytes: 200 << 30, addresses: 10)
    package static let tenant = Tenant(
        name: "acme", quota: quota, usage: Quota(vps: 1, cpuMillicores: 500, memoryBytes: 256 << 20, diskBytes: 2 << 30, addresses: 1), suspensions: [],
        createdAt: "2025-11-25T00:00:00Z")
    package static let plan = Plan(
        name: "small", cpuMillicores: 500, memoryBytes: 256 << 20, swapBytes: 0, diskBytes: 2 << 30, processes: 512, nesting: false,
        createdAt: "2025-11-25T00:00:00Z")
    package static let template = Template(
        name: "debian-12", summary: "Debian 12", digest: "sha256:0123456789abcdef0123", imageBytes: 229 << 20, minimumDiskBytes: 1 << 30,
        builtAt: "2025-11-25T00:00:00Z")
    package static let vps = VPS(
        id: "k3v9", tenant: "acme", name: "web1", plan: "small", template: "debian-12", node: "local", state: "running", stateReason: nil,
        desiredState: "running", suspensions: [],
        addresses: [
            .init(family: "ipv4", address: "10.66.0.2", prefixLength: 32), .init(family: "ipv6", address: "fd66:6006:0:1::1", prefixLength: 64),
        ], cpuMillicores: 500, memoryBytes: 256 << 20, diskBytes: 2 << 30, initPid: 4711, createdAt: "2025-11-25T00:00:00Z")
    package static let node = Node(
        name: "local", status: "online", version: "0.1.0", kernel: "6.18.0", cgroupVersion: 1,
        capacity: .init(cpuMillicores: 2000, memoryBytes: 24 << 30, diskBytes: 20 << 30),
        sellable: .init(cpuMillicores: 16000, memoryBytes: 24 << 30, diskBytes: 20 << 30),
        sold: .init(cpuMillicores: 500, memoryBytes: 256 << 20, diskBytes: 2 << 30))
    package static let lease = AddressLease(
        family: "ipv4", address: "10.66.0.2", prefixLength: 32, tenant: "acme", vps: "web1", leasedAt: "2025-11-25T00:00:00Z")
    package static let user = User(name: "alice", tenant: "acme", role: "owner", hasTOTP: true, createdAt: "2025-11-25T00:00:00Z", createdBy: "admin")
    package static let webhook = Webhook(
        name: "panel", tenant: "acme", url: "https://panel.example/roost", kinds: ["vps."], state: "failing", createdAt: "2025-11-25T00:00:00Z", createdBy: "admin", lastAnswer: "500", lastAnswerAt: "2025-11-25T00:00:01Z", attempts: 2,
        nextAttemptAt: "2025-11-25T00:00:11Z", disabledAt: nil, disabledReason: nil)
    package static let token = Token(
        id: "0123456789abcdef", name: "session-0123456789abcdef", tenant: "acme", role: "owner", verbs: ["read"], vps: nil, sources: [], state: "valid", createdAt: "2025-11-25T00:00:00Z", createdBy: "user acme/alice",
        expiresAt: "2025-11-25T12:00:00Z", revokedAt: nil, lastUsedAt: nil, lastUsedFrom: nil)
    package static let event = Event(id: 7, at: "2025-11-25T00:00:00Z", actor: "admin", kind: "vps.created", subject: "acme/web1", detail: "small, debian-12")
    package static let checks = [
        DoctorCheck(name: "user namespaces", status: "ok", found: "62000 allowed", meaning: "", remedy: ""),
        DoctorCheck(name: "nft", status: "missing", found: "no such program", meaning: "VPSes have no way out", remedy: "apt install nftables"),
    ]

    package static func operation(
        _ status: String = "succeeded", kind: String = "vps.create", subject: String = "acme/web1", progress: Int = 100, message: String = "done",
        error: Problem? = nil, vps: VPS? = Samples.vps
    ) -> Operation {
        Operation(
            id: "op1", kind: kind, subject: subject, status: status, progress: progress, message: message, error: error, vps: vps,
            createdAt: "2025-11-25T00:00:00Z", finishedAt: status == "running" ? nil : "2025-11-25T00:00:01Z")
    }
}
