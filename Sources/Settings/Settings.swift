/// What the one configuration file says, complete: each default is filled in. `keys` is the list of what there is.
package struct Settings: Sendable, Equatable {
    package var paths: Paths
    package var api: API
    package var node: Node
    package var addresses = Addresses()
    package var overcommit = Overcommit()
    package var metrics = Metrics()
    package var webhooks = Webhooks()

    package static let defaultPath = "/etc/roost/roost.yaml"

    package struct Paths: Sendable, Equatable {
        package var state = "/var/lib/roost"
        package var runtime = "/run/roost"
        /// Template recipes, read by the node.
        package var templates = "/usr/share/roost/templates"
    }

    package struct API: Sendable, Equatable {
        package var socket: String
        package var database: String
        /// Where tokens are taken, over TLS. Nil: nowhere.
        package var listen: Listener?
        /// PEM files.
        package var certificate = "/etc/roost/tls.crt"
        package var key = "/etc/roost/tls.key"
        /// Of one token; a tenant's together may do four times as many.
        package var requestsPerSecond: Int64 = 100
        package var strangersPerSecond: Int64 = 5
    }

    package struct Node: Sendable, Equatable {
        /// The node's name in the control plane.
        package var name = "local"
        package var socket: String
        /// The user, by name or uid, that may connect to the node: the one that roostd runs as.
        package var owner = "roost"
        package var warden = "/usr/lib/roost/roost-warden"
        package var pool: String
        package var poolFile: String
        package var poolSize = Bytes(count: 20 << 30)
        package var cgroup = "roost"
        package var interfacePrefix = "roost"
        package var table = "roost"
        /// The first host id of the platform's range. Slot n is [idBase + n × 65,536, + 65,536); slot 0 belongs to the wardens.
        package var idBase: UInt32 = 1_879_048_192
        package var idSlots: Int = 4000
    }

    package struct Addresses: Sendable, Equatable {
        /// Pools in CIDR notation.
        package var ipv4 = ["10.66.0.0/16"]
        package var ipv6 = ["fd66:6006:0::/48"]
        /// Empty: the node takes the host's own.
        package var nameServers: [String] = []
    }

    /// How much is sold of what there is: 1.0 is exactly that.
    package struct Overcommit: Sendable, Equatable {
        package var cpu = 8.0
        package var memory = 1.0
        package var disk = 1.0
    }

    package struct Metrics: Sendable, Equatable {
        /// Where figures are given to whoever asks, in plain HTTP. Nil: nowhere.
        package var listen: Listener?
    }

    package struct Webhooks: Sendable, Equatable {
        /// Where they may go although it is private, in CIDR notation; also without TLS.
        package var privateNetworks: [String] = []
    }

    /// Everything at its default below the given folders.
    package init(paths: Paths = Paths()) {
        self.paths = paths
        // In folders of roostd's own: what lies beside them is root's, and must not be within its reach.
        api = API(socket: "\(paths.runtime)/api/roostd.sock", database: "\(paths.state)/control/roost.sqlite")
        node = Node(socket: "\(paths.runtime)/node/node.sock", pool: "\(paths.state)/pool", poolFile: "\(paths.state)/pool.xfs")
    }
}
