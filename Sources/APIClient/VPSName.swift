/// Which VPS: its tenant's name and its own.
package struct VPSName: Sendable, Equatable, CustomStringConvertible {
    package let tenant: String
    package let name: String

    package init(tenant: String, name: String) {
        self.tenant = tenant
        self.name = name
    }

    /// From "tenant/name". Whether the names are allowed is roostd's to say.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(tenant: String(parts[0]), name: String(parts[1]))
    }

    package var description: String { "\(tenant)/\(name)" }

    var target: RequestTarget { RequestTarget("tenants", tenant, "vps", name) }
    /// Of what is under it.
    func target(_ noun: String, _ name: String) -> RequestTarget { RequestTarget("tenants", tenant, "vps", self.name, noun, name) }
    func target(_ verb: String, query: [(name: String, value: String)] = []) -> RequestTarget {
        RequestTarget("tenants", tenant, "vps", name, verb, query: query)
    }
}
