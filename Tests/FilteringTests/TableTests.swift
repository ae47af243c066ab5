import Filtering
import Kernel
import Netlinking
import Testing

// The table in the kernel. All of these need root and nf_tables: without, they fail.
@Suite struct TableTests {
    private let plan = Lab.plan("aaaaaaaaaa", ipv4: ["10.66.0.10"], ipv6: ["fd66:6006:0:a::1"])
    private let other = Lab.plan("bbbbbbbbbb", ipv4: ["10.66.0.11"], ipv6: ["fd66:6006:0:b::1"])

    @Test func admittingAndRevokingAgainAreSuccesses() throws {
        let host = try NetworkNamespace.make()
        let (one, two) = (plan, other)
        let rows = try host.attempt {
            try Lab.ruleset.load()
            let firewall = try Firewall(Lab.table)
            var rows: [[String]] = [try firewall.admitted()]
            try firewall.admit(Admission(one))
            try firewall.admit(Admission(one))
            try firewall.admit(Admission(two))
            rows.append(try firewall.admitted())
            try firewall.revoke(Admission(one))
            try firewall.revoke(Admission(one))
            rows.append(try firewall.admitted())
            try firewall.revoke(link: two.name)
            try firewall.revoke(link: two.name)
            rows.append(try firewall.admitted())
            return rows
        }
        #expect(rows == [[], [one.name.text, two.name.text], [two.name.text], []])
    }

    @Test func nftSeesTheElementsThatWereSent() throws {
        let host = try NetworkNamespace.make()
        try host.attempt { [plan] in
            try Lab.ruleset.load()
            try Firewall(Lab.table).admit(Admission(plan))
        }
        let listing = try host.nft("list ruleset").joined(separator: "\n")
        #expect(listing.contains("\"\(plan.name)\" . 10.66.0.10"))
        #expect(listing.contains("\"\(plan.name)\" . fd66:6006:0:a::"))
        #expect(listing.contains("\"\(plan.name)\" . \(plan.guestHardware.linkLocalAddress)"))
        #expect(listing.contains("elements = { \"\(plan.name)\" counter packets 0 bytes 0 }"))
    }

    @Test func whatWasHalfRevokedIsRevokedWhole() throws {
        let host = try NetworkNamespace.make()
        try host.attempt { [plan] in
            try Lab.ruleset.load()
            try Firewall(Lab.table).admit(Admission(plan))
        }
        _ = try host.output("/usr/sbin/nft", ["-f", "-"], input: "delete element inet rflt source4 { \"\(plan.name)\" . 10.66.0.10 }\n")
        let left = try host.attempt { [plan] in
            let firewall = try Firewall(Lab.table)
            try firewall.revoke(Admission(plan))
            return try firewall.admitted()
        }
        #expect(left == [])
    }

    @Test func aLinkIsRevokedWithWhateverItWasAdmittedWith() throws {
        let host = try NetworkNamespace.make()
        let left = try host.attempt { [plan, other] in
            try Lab.ruleset.load()
            let firewall = try Firewall(Lab.table)
            try firewall.admit(Admission(plan))
            try firewall.admit(Admission(Lab.plan("aaaaaaaaaa", ipv4: ["10.66.0.77"], ipv6: [])))  // it had another address once
            try firewall.admit(Admission(other))
            try firewall.revoke(link: plan.name)
            return try firewall.admitted()
        }
        #expect(left == [other.name.text])
        #expect(try !host.nft("list ruleset").joined().contains("10.66.0.77"))
    }

    @Test func loadingAgainKeepsEveryElementAndCounterAndAddsNoRule() throws {
        let host = try NetworkNamespace.make()
        try host.attempt { [plan] in
            try Lab.ruleset.load()
            try Firewall(Lab.table).admit(Admission(plan))
        }
        let before = try host.nft("list ruleset")
        try host.attempt { try Lab.ruleset.load() }
        #expect(try host.nft("list ruleset") == before)
        #expect(before.joined().contains(plan.name.text))
    }

    @Test func aRefusedRulesetChangesNothing() throws {
        let host = try NetworkNamespace.make()
        // Somebody has made a set of our name with another type: the transaction fails in its middle.
        _ = try host.output("/usr/sbin/nft", ["-f", "-"], input: "add table inet rflt\nadd set inet rflt source4 { type mark; }\n")
        let before = try host.nft("list ruleset")
        let error = #expect(throws: FilteringError.self) { try host.attempt { try Lab.ruleset.load() } }
        guard case .rulesetRefused("rflt", .status(1), let output)? = error else { Issue.record("not \(String(describing: error))"); return }
        #expect(output.joined().contains("source4"))
        #expect(try host.nft("list ruleset") == before)
    }

    @Test func aRefusedAdmissionIsAllOrNothing() throws {
        let host = try NetworkNamespace.make()
        _ = try host.output("/usr/sbin/nft", ["-f", "-"], input: "add table inet rflt\nadd set inet rflt source4 { type ifname . ipv4_addr; }\n")
        let error = #expect(throws: FilteringError.self) { try host.attempt { [plan] in try Firewall(Lab.table).admit(Admission(plan)) } }
        #expect(error == .tableMissing(table: "rflt"))
        #expect(try host.attempt { try Firewall(Lab.table).admitted() } == [], "source4 took its element back")
    }

    @Test func withoutATableRevokingIsASuccessAndAdmittingSaysWhatToDo() throws {
        let host = try NetworkNamespace.make()
        try host.attempt { [plan] in
            let firewall = try Firewall(Lab.table)
            try firewall.revoke(Admission(plan))
            try firewall.revoke(link: plan.name)
            try firewall.removeTable()
        }
        let error = #expect(throws: FilteringError.self) { try host.attempt { [plan] in try Firewall(Lab.table).admit(Admission(plan)) } }
        #expect(error == .tableMissing(table: "rflt"))
    }

    @Test func aFlushedRulesetIsNoticed() throws {
        let host = try NetworkNamespace.make()
        try host.attempt { try Lab.ruleset.load() }
        let loaded = try host.attempt { try Firewall(Lab.table).isLoaded() }
        _ = try host.nft("flush ruleset")
        let flushed = try host.attempt { try Firewall(Lab.table).isLoaded() }
        #expect(loaded && !flushed)
    }

    @Test func rulesOfOthersAreNotTouched() throws {
        let host = try NetworkNamespace.make()
        let foreign = """
            table inet filter {
            	chain input {
            		type filter hook input priority filter; policy drop;
            		iifname "lo" accept
            	}
            }
            table ip nat {
            	chain postrouting {
            		type nat hook postrouting priority srcnat; policy accept;
            		oifname "wan" masquerade
            	}
            }
            """
        _ = try host.output("/usr/sbin/nft", ["-f", "-"], input: foreign + "\n")
        let before = try host.nft("list ruleset")
        try host.attempt { [plan] in
            try Lab.ruleset.load()
            let firewall = try Firewall(Lab.table)
            try firewall.admit(Admission(plan))
            try firewall.revoke(Admission(plan))
            try Lab.ruleset.load()
        }
        #expect(try host.nft("list table inet filter") + host.nft("list table ip nat") == before)
        try host.attempt {
            let firewall = try Firewall(Lab.table)
            try firewall.removeTable()
            try firewall.removeTable()
        }
        #expect(try host.nft("list ruleset") == before)
    }

    @Test func manyLinksAreListedWhole() throws {
        let host = try NetworkNamespace.make()
        let names = (100..<900).map { "aaaaaaa\($0)" }
        let admitted = try host.attempt {
            try Lab.ruleset.load()
            let firewall = try Firewall(Lab.table)
            for name in names { try firewall.admit(Admission(Lab.plan(name, ipv4: ["10.66.0.10"], ipv6: ["fd66:6006:0:a::1"]))) }
            return try firewall.admitted()
        }
        #expect(admitted == names.map { Lab.prefix.text + $0 })
    }

    @Test func aHundredStartsAndStopsLeaveNothing() throws {
        let lab = try Lab()
        let before = try lab.host.nft("list ruleset").filter { !$0.contains("packets") } + lab.host.ip("-o link show type veth")
        for number in 100..<200 {
            let guest = try NetworkNamespace.make()
            let plan = Lab.plan("ccccccc\(number)", ipv4: ["10.66.1.\(number)"], ipv6: ["fd66:6006:0:\(number)::1"])
            try lab.attach(plan, guest)
            try lab.detach(plan)
        }
        #expect(try lab.host.nft("list ruleset").filter { !$0.contains("packets") } + lab.host.ip("-o link show type veth") == before)
        #expect(try lab.host.attempt { try Firewall(Lab.table).admitted() } == [lab.planA.name.text, lab.planB.name.text])
    }
}
