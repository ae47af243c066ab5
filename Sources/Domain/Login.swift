/// Whose name a user logs in by: `alice` of the platform, `acme/alice` of a tenant.
package struct Login: Hashable, Sendable, CustomStringConvertible {
    package let tenant: Name?
    package let name: Name

    package init(_ name: Name, of tenant: Name?) {
        self.name = name
        self.tenant = tenant
    }

    package init(_ text: String) throws(NameProblem) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = try Name(parts[parts.count - 1])
        self.init(name, of: parts.count == 2 ? try Name(parts[0]) : nil)
    }

    package var description: String { tenant.map { "\($0)/\(name)" } ?? name.text }
}
