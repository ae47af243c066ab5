/// What a node sees of one VPS, now.
package struct Observation: Codable, Sendable, Equatable {
    package enum State: String, Codable, Sendable { case running, stopped, starting, stopping, failed, unknown }
    package var id: VPSID
    package var state: State
    /// The generation of the specification that the node last accepted.
    package var generation: Int64
    /// The pid of the guest's init on the host, while it runs.
    package var initPid: Int32?
    /// Why it is as it is, where that needs words: "the guest powered itself off", "init /sbin/init: no such file".
    package var reason: String?
    /// Whether the guest ended by its own wish (poweroff) since that specification was accepted.
    package var haltedByGuest: Bool

    package init(id: VPSID, state: State, generation: Int64, initPid: Int32? = nil, reason: String? = nil, haltedByGuest: Bool = false) {
        self.id = id
        self.state = state
        self.generation = generation
        self.initPid = initPid
        self.reason = reason
        self.haltedByGuest = haltedByGuest
    }
}

package struct TemplateObservation: Codable, Sendable, Equatable {
    package var name: String
    /// SHA-256 of the image, in hexadecimal.
    package var digest: String
    package var imageBytes: Int64
    /// The smallest disk that holds it.
    package var minimumDiskBytes: Int64
    /// Seconds since 1970, UTC.
    package var builtAt: Int64
    package var summary: String

    package init(name: String, digest: String, imageBytes: Int64, minimumDiskBytes: Int64, builtAt: Int64, summary: String) {
        self.name = name
        self.digest = digest
        self.imageBytes = imageBytes
        self.minimumDiskBytes = minimumDiskBytes
        self.builtAt = builtAt
        self.summary = summary
    }
}

/// What a node has, physically; how much of it may be sold is the control plane's decision.
package struct NodeCapacity: Codable, Sendable, Equatable {
    package var hostname: String
    package var version: String
    package var kernel: String
    /// 1 (hybrid) or 2.
    package var cgroupVersion: Int
    package var cpuMillicores: Int64
    package var memoryBytes: Int64
    package var poolBytes: Int64
    package var poolFreeBytes: Int64

    package init(hostname: String, version: String, kernel: String, cgroupVersion: Int, cpuMillicores: Int64, memoryBytes: Int64, poolBytes: Int64, poolFreeBytes: Int64) {
        self.hostname = hostname
        self.version = version
        self.kernel = kernel
        self.cgroupVersion = cgroupVersion
        self.cpuMillicores = cpuMillicores
        self.memoryBytes = memoryBytes
        self.poolBytes = poolBytes
        self.poolFreeBytes = poolFreeBytes
    }
}

/// One line of `doctor`.
package struct Check: Codable, Sendable, Equatable {
    package enum Status: String, Codable, Sendable { case ok, warning, missing }
    package var name: String
    package var status: Status
    /// What was found.
    package var found: String
    /// What it means that it is not `ok`, and how to mend it; empty when `ok`.
    package var meaning: String
    package var remedy: String

    package init(name: String, status: Status, found: String, meaning: String = "", remedy: String = "") {
        self.name = name
        self.status = status
        self.found = found
        self.meaning = meaning
        self.remedy = remedy
    }
}
