/// The rules that hold for every VPS, in a table of the platform's own: loaded by nft(8) in one transaction, so that at no
/// moment there is half of them. Elements stay: a VPS that runs is not cut off when its node starts again.
package struct Ruleset: Sendable, Equatable {
    package let table: String
    package let interfacePrefix: String
    package let ipv4Pools: [String]
    package let ipv6Pools: [String]

    /// Each is the host's own setting, checked to be a plain word or a network: nothing of a tenant's is in here.
    package init(table: String, interfacePrefix: String, ipv4Pools: [String], ipv6Pools: [String]) throws(FilterError) {
        func isPlain(_ text: String, _ more: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || more.utf8.contains($0) } }
        for word in [table, interfacePrefix] where !isPlain(word, "_-") { throw .badSetting(word) }
        for network in ipv4Pools + ipv6Pools where !isPlain(network, ".:/") { throw .badSetting(network) }
        self.table = table
        self.interfacePrefix = interfacePrefix
        self.ipv4Pools = ipv4Pools
        self.ipv6Pools = ipv6Pools
    }

    static let links = "links"

    /// `ours` is any interface of the platform by its name; `@links` those whose VPS is admitted. Between a link's making and
    /// its admission, and after its revocation, nothing passes.
    package var text: String {
        """
        add table inet \(table)
        add set inet \(table) \(Self.links) { type ifname; }
        add chain inet \(table) source { type filter hook prerouting priority raw; policy accept; }
        add chain inet \(table) forward { type filter hook forward priority filter; policy accept; }
        add chain inet \(table) input { type filter hook input priority filter; policy accept; }
        add chain inet \(table) outside { type nat hook postrouting priority srcnat; policy accept; }
        flush chain inet \(table) source
        flush chain inet \(table) forward
        flush chain inet \(table) input
        flush chain inet \(table) outside
        table inet \(table) {
          chain source {
            iifname != "\(interfacePrefix)*" accept
            iifname != @\(Self.links) counter drop
            # A source that is not routed back to where it came from is forged.
            fib saddr . iif oif missing counter drop
          }
          chain forward {
            iifname "\(interfacePrefix)*" oifname "\(interfacePrefix)*" counter drop
            oifname "\(interfacePrefix)*" oifname != @\(Self.links) counter drop
          }
          chain input {
            iifname != "\(interfacePrefix)*" accept
            ct state established,related accept
            icmp type echo-request limit rate 50/second accept
            icmpv6 type { echo-request, nd-neighbor-solicit, nd-neighbor-advert } limit rate 50/second accept
            counter drop
          }
          chain outside {
            oifname "\(interfacePrefix)*" accept
        \((ipv4Pools.map { "    ip saddr \($0) masquerade" } + ipv6Pools.map { "    ip6 saddr \($0) masquerade" }).joined(separator: "\n"))
          }
        }

        """
    }
}
