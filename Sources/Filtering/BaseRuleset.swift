package import Netlinking

/// The text of the base ruleset of one instance: `base.nft` with its names and pools. Pure.
package struct BaseRuleset: Sendable, Equatable {
    package var table: TableName
    package var prefix: InterfacePrefix
    package var pools4: [IPv4Prefix]
    package var pools6: [IPv6Prefix]

    package init(table: TableName, prefix: InterfacePrefix, pools4: [IPv4Prefix], pools6: [IPv6Prefix]) {
        self.table = table
        self.prefix = prefix
        self.pools4 = pools4
        self.pools6 = pools6
    }

    /// For `nft -f`. Every word that is filled in is a type that holds no other characters than its own.
    package var text: String {
        var text = String(decoding: PackageResources.base_nft, as: UTF8.self)
        for (word, value) in [("@translation@", translation), ("@unassigned@", unassigned), ("@table@", table.text), ("@prefix@", prefix.text)] {
            text = text.replacing(word, with: value)
        }
        return text
    }

    private var unassigned: String {
        (pools4.map { "ip daddr \($0)" } + pools6.map { "ip6 daddr \($0)" }).map { "add rule inet @table@ forward \($0) oifname != \"@prefix@*\" counter drop" }.joined(separator: "\n")
    }

    /// Only of private pools: what the world routes to us leaves as it is.
    private var translation: String {
        let private4 = pools4.filter(\.isPrivate).map { "ip saddr \($0)" }
        let private6 = pools6.filter(\.isPrivate).map { "ip6 saddr \($0)" }
        return (private4 + private6).map { "add rule inet @table@ postrouting \($0) oifname != { \"lo\" } oifname != \"@prefix@*\" masquerade" }.joined(separator: "\n")
    }
}
