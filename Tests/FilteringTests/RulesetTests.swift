import Filtering
import Netlinking
import Testing

@Suite struct RulesetTests {
    // The whole of it, but for comments: a change of any rule is to be seen in a review, here and in base.nft.
    @Test func theRulesetIsThis() {
        let rules = Lab.ruleset.text.split(separator: "\n").filter { !$0.hasPrefix("#") && $0.contains(" rule ") }.map { $0.replacing("add rule inet rflt ", with: "") }
        #expect(rules == [
            "prerouting iifname != \"rflt*\" return",
            "prerouting ip daddr 127.0.0.0/8 jump refuse",
            "prerouting icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, nd-redirect } goto neighbours",
            "prerouting iifname . ip saddr @source4 return",
            "prerouting iifname . ip6 saddr & ffff:ffff:ffff:ffff:: @source6 return",
            "prerouting ip6 saddr fe80::/10 goto neighbours",
            "prerouting ip6 saddr :: drop",
            "prerouting goto refuse",
            "neighbours iifname . ip6 saddr @neighbour6 ip6 daddr { fe80::1, ff02::1:ff00:1 } icmpv6 type { nd-neighbor-solicit, echo-request } return",
            "neighbours drop",
            "refuse iifname @links",
            "refuse counter drop",
            "input iifname != \"rflt*\" return",
            "input ct state established,related accept",
            "input ct state new add @flows { iifname ct count over 4096 } counter drop",
            "input icmp type echo-request accept",
            "input icmpv6 type { echo-request, nd-neighbor-solicit } accept",
            "input counter drop",
            "forward ip daddr 10.66.0.0/16 oifname != \"rflt*\" counter drop",
            "forward ip daddr 198.51.100.0/24 oifname != \"rflt*\" counter drop",
            "forward ip6 daddr fd66:6006::/48 oifname != \"rflt*\" counter drop",
            "forward ip6 daddr 2001:db8:1::/48 oifname != \"rflt*\" counter drop",
            "forward iifname \"rflt*\" oifname \"rflt*\" counter drop",
            "forward iifname \"rflt*\" ip daddr { 169.254.0.0/16, 100.100.100.200, 168.63.129.16, 192.0.0.192 } counter drop",
            "forward iifname \"rflt*\" ip6 daddr { fd00:ec2::254, fd20:ce::254, fd00:c1::a9fe:a9fe } counter drop",
            "forward iifname \"rflt*\" ct state new add @flows { iifname ct count over 4096 } counter drop",
            "forward oifname \"rflt*\" ct state new add @visits { oifname ct count over 4096 } counter drop",
            "postrouting ip saddr 10.66.0.0/16 oifname != { \"lo\" } oifname != \"rflt*\" masquerade",
            "postrouting ip6 saddr fd66:6006::/48 oifname != { \"lo\" } oifname != \"rflt*\" masquerade",
        ])
    }

    @Test func nothingIsLeftToBeFilledInAndOnlyTheOwnTableIsNamed() {
        let lines = Lab.ruleset.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(!lines.contains { $0.contains("@table@") || $0.contains("@prefix@") || $0.contains("@translation@") || $0.contains("@unassigned@") })
        #expect(lines.allSatisfy { line in ["add table inet rflt", "add set inet rflt ", "add chain inet rflt ", "flush chain inet rflt ", "add rule inet rflt "].contains { line.hasPrefix($0) } })
    }

    @Test(arguments: [("roost", true), ("roost_2", true), ("", false), ("Roost", false), ("2roost", false), ("ro ost", false), ("roost;", false), ("roost\nflush", false), ("inet", false), (String(repeating: "r", count: 32), false)])
    func aTablesNameIsAPlainWord(text: String, isOne: Bool) { #expect((TableName(text) != nil) == isOne) }
}
