extension Settings {
    /// Every key that there is, `paths` first: the defaults of the others follow from it.
    package static let keys: [SettingsKey] = [
        .path("paths", "state", \.paths.state),
        .path("paths", "runtime", \.paths.runtime),
        .path("paths", "templates", \.paths.templates),
        .socket("api", "socket", \.api.socket),
        .path("api", "database", \.api.database),
        .listener("api", "listen", \.api.listen),
        .path("api", "certificate", \.api.certificate),
        .path("api", "key", \.api.key),
        .number("api", "requestsPerSecond", \.api.requestsPerSecond, 1...1_000_000),
        .number("api", "strangersPerSecond", \.api.strangersPerSecond, 1...1_000_000),
        .word("node", "name", \.node.name, atMost: 63),
        .socket("node", "socket", \.node.socket),
        .text("node", "owner", \.node.owner, "a user's name or uid") { !$0.isEmpty && !$0.contains { $0.isWhitespace || $0 == ":" || $0 == "\0" } },
        .path("node", "warden", \.node.warden),
        .path("node", "pool", \.node.pool),
        .path("node", "poolFile", \.node.poolFile),
        .size("node", "poolSize", \.node.poolSize, atLeast: Bytes(count: 512 << 20)),
        .word("node", "cgroup", \.node.cgroup, atMost: 63),
        .word("node", "interfacePrefix", \.node.interfacePrefix, atMost: 5),
        .word("node", "table", \.node.table, atMost: 31),
        .number("node", "idBase", \.node.idBase, 65_536...4_294_836_224),
        .number("node", "idSlots", \.node.idSlots, 2...65_535),
        .list("addresses", "ipv4", \.addresses.ipv4, "a list of networks such as [10.66.0.0/16]"),
        .list("addresses", "ipv6", \.addresses.ipv6, "a list of networks such as [\"fd66:6006:0::/48\"]"),
        .list("addresses", "nameServers", \.addresses.nameServers, "a list of addresses, empty for the host's own"),
        .ratio("overcommit", "cpu", \.overcommit.cpu),
        .ratio("overcommit", "memory", \.overcommit.memory),
        .ratio("overcommit", "disk", \.overcommit.disk),
        .listener("metrics", "listen", \.metrics.listen),
        .list("webhooks", "privateNetworks", \.webhooks.privateNetworks, "a list of networks such as [10.0.0.0/24], empty for none"),
    ]

    static func key(_ path: String) -> SettingsKey? { keys.first { $0.path == path } }
}
