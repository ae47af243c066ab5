import Filtering
import Netlinking
import NodeModel
import Testing

@testable import NodeEngine

struct ClaimTests {
    static let base: UInt32 = 1_879_048_192
    let pools = BaseRuleset(table: TableName("roost")!, prefix: InterfacePrefix("rt")!, pools4: [IPv4Prefix("10.66.0.0/24")!], pools6: [IPv6Prefix("2001:db8:66::/48")!])  // all well-formed
    let one = VPSID("abcdefghjk")!, other = VPSID("bcdefghjkm")!  // of the alphabet

    static func specification(idBase: UInt32 = base + 65536, _ addresses: VPSSpecification.Address...) -> VPSSpecification {
        var result = AcceptanceTests.specification(idBase: idBase)
        result.addresses = addresses
        return result
    }

    static func ipv4(_ text: String, length: Int = 32) -> VPSSpecification.Address { .init(family: .ipv4, address: text, prefixLength: length) }
    static func ipv6(_ text: String, length: Int = 64) -> VPSSpecification.Address { .init(family: .ipv6, address: text, prefixLength: length) }

    func claims(_ specification: VPSSpecification, isKept: Bool = false) throws(NodeProblem) -> Set<Claim> { try Claim.all(of: specification, idBase: Self.base, pools: pools, isKept: isKept) }

    @Test(arguments: [
        ("the first slot", specification()),
        ("the last whole one", specification(idBase: base + 65536 * ((UInt32.max - base) / 65536 - 1))),
        ("the ends of the pools", specification(ipv4("10.66.0.0"), ipv4("10.66.0.255"), ipv6("2001:db8:66::1"), ipv6("2001:db8:66:ffff::1"))),
    ])
    func whatTheSettingsGiveIsGiven(_ label: String, _ specification: VPSSpecification) throws {
        #expect(try claims(specification).count == 1 + specification.addresses.count, "\(label)")
    }

    @Test(arguments: [
        ("the host's root", specification(idBase: 0)),
        ("ids below the platform's", specification(idBase: base - 65536)),
        ("the wardens' slot", specification(idBase: base)),
        ("across two slots", specification(idBase: base + 65537)),
        ("with the id that means none", specification(idBase: UInt32.max - 65535)),
        ("an address of somebody else", specification(ipv4("192.0.2.1"))),
        ("one before the pool", specification(ipv4("10.65.255.255"))),
        ("one after the pool", specification(ipv4("10.66.1.0"))),
        ("a network", specification(ipv4("10.66.0.0", length: 24))),
        ("a prefix of somebody else", specification(ipv6("2001:db8:67::1"))),
        ("a whole pool", specification(ipv6("2001:db8:66::1", length: 48))),
        ("not an address", specification(ipv4("10.66.0"))),
        ("of the other family", specification(ipv4("2001:db8:66::1"))),
    ])
    func whatIsNotTheNodesToGiveIsRefused(_ label: String, _ specification: VPSSpecification) {
        #expect("\(label)") { try claims(specification) } throws: { ($0 as? NodeProblem)?.code == .invalid }
    }

    @Test func whatAVPSHasItKeepsWhenItsPoolLeavesTheSettings() throws {
        #expect(try claims(Self.specification(Self.ipv4("192.0.2.1")), isKept: true).count == 2)
    }

    @Test func anIPv6PrefixIsClaimedByAnyOfItsAddresses() throws {
        #expect(try claims(Self.specification(Self.ipv6("2001:db8:66:1::1"))) == claims(Self.specification(Self.ipv6("2001:db8:66:1:ffff::2"))))
    }

    @Test func whatOneHasNoOtherGets() throws {
        let registry = Claims()
        let mine: Set = [Claim.ids(from: 1), .ids(from: 2)]
        try registry.take(mine, for: one)
        try registry.take(mine, for: one)
        #expect(throws: NodeProblem.self) { try registry.take([.ids(from: 3), .ids(from: 2)], for: other) }
        try registry.take([.ids(from: 3)], for: other)  // the refused one took nothing
        registry.release(one)
        try registry.take(mine, for: other)
    }

    /// Against the plain statement of it: whoever took a claim last, without its being somebody else's then, has it.
    @Test func aClaimNeverHasTwoHolders() {
        var random = SystemRandomNumberGenerator()
        let registry = Claims(), ids = [one, other, VPSID("cdefghjkmn")!]  // of the alphabet
        var model: [Claim: VPSID] = [:]
        for _ in 0..<5000 {
            let id = ids.randomElement(using: &random)!, some = Set((0..<3).map { _ in Claim.ids(from: .random(in: 0..<8, using: &random)) })  // not empty
            if Bool.random(using: &random) {
                registry.release(id)
                model = model.filter { $0.value != id }
            } else {
                let free = some.allSatisfy { model[$0] == nil || model[$0] == id }
                #expect(((try? registry.take(some, for: id)) != nil) == free)
                if free { for claim in some { model[claim] = id } }
            }
        }
    }
}
