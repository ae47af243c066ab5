import Domain
import Testing

struct TokenTermsTests {
    static func name(_ text: String) -> Name { (try? Name(text)) ?? (try! Name("x")) }  // a literal

    @Test(arguments: [
        ("an owner of a tenant", TokenTerms(role: .owner), true, 0),
        ("an owner of nothing", TokenTerms(role: .owner), false, 1),
        ("an admin", TokenTerms(role: .admin), false, 0),
        ("an admin in a tenant", TokenTerms(role: .admin), true, 1),
        ("a clerk in a tenant", TokenTerms(role: .clerk), true, 1),
        ("a member's verbs", TokenTerms(role: .member, verbs: [.read, .power]), true, 0),
        ("more than a member's verbs", TokenTerms(role: .member, verbs: [.read, .manage]), true, 1),
        ("twice more than a reader's", TokenTerms(role: .reader, verbs: [.power, .access]), true, 2),
        ("no verb", TokenTerms(role: .owner, verbs: []), true, 1),
        ("no VPS", TokenTerms(role: .owner, vpses: []), true, 1),
        ("an admin for one VPS", TokenTerms(role: .admin, vpses: [name("web1")]), false, 1),
        ("until later", TokenTerms(role: .owner, expiresAt: 1001), true, 0),
        ("until now", TokenTerms(role: .owner, expiresAt: 1000), true, 1),
        ("until before", TokenTerms(role: .owner, expiresAt: -1), true, 1),
    ])
    func whatMakesNoSenseIsSaid(label: String, terms: TokenTerms, hasTenant: Bool, problems: Int) {
        #expect(terms.problems(hasTenant: hasTenant, now: 1000).count == problems, "\(label): \(terms.problems(hasTenant: hasTenant, now: 1000))")
    }

    @Test(arguments: [
        ("an admin", .admin, nil, Set(Verb.allCases)),
        ("a clerk", .clerk, nil, [.read, .bill]),
        ("an owner", .owner, nil, [.read, .power, .access, .manage, .delegate, .sell]),
        ("a member", .member, nil, [.read, .power, .access]),
        ("a reader", .reader, nil, [.read]),
        ("an owner who may manage only, and so look", .owner, [.manage], [.read, .manage]),
        ("an admin who may administer only, and so suspend for a bill", .admin, [.administer], [.read, .bill, .administer]),
        ("an admin who may switch only", .admin, [.power], [.read, .power]),
        ("a clerk who may look only", .clerk, [.read], [.read]),
        ("a reader, whatever is said of him", .reader, Set(Verb.allCases), [.read]),
    ] as [(String, Role, Set<Verb>?, Set<Verb>)])
    func whatIsAllowed(label: String, role: Role, verbs: Set<Verb>?, allowed: Set<Verb>) {
        #expect(TokenTerms(role: role, verbs: verbs).allowed == allowed, "\(label)")
    }

    /// Nobody gives what he has not: a random giver, a random gift.
    @Test func aGiftAllowsNothingThatItsGiverMayNot() throws {
        var random = SystemRandomNumberGenerator()
        let names = ["a", "b", "c"].map(Self.name)
        let (wide, narrow, elsewhere) = (try Network("10.0.0.0/8"), try Network("10.1.0.0/16"), try Network("fd00::/8"))
        func some<Item: Hashable>(_ items: [Item]) -> Set<Item>? { Bool.random(using: &random) ? nil : Set(items.filter { _ in Bool.random(using: &random) }) }
        func terms() -> TokenTerms { TokenTerms(role: Role.allCases.randomElement(using: &random) ?? .reader, verbs: some(Verb.allCases), vpses: some(names), sources: [[], [wide], [narrow], [narrow, elsewhere]].randomElement(using: &random) ?? [], expiresAt: [nil, 10, 20].randomElement(using: &random) ?? nil) }
        var given = 0
        for _ in 0..<20_000 {
            let (giver, gift) = (terms(), terms())
            guard gift.isWithin(giver) else { continue }
            given += 1
            #expect(gift.allowed.isSubset(of: giver.role.verbs))
            for time in [Int64(0), 15, 25] where gift.expiresAt.map({ time < $0 }) ?? true { #expect(giver.expiresAt.map { time < $0 } ?? true, "\(giver) gave \(gift)") }
            for source in ["10.1.2.3", "10.2.3.4", "fd00::1", "192.0.2.1"] where gift.admits(from: source) { #expect(giver.admits(from: source), "\(giver) gave \(gift)") }
            for name in names where gift.vpses?.contains(name) ?? true { #expect(giver.vpses?.contains(name) ?? true, "\(giver) gave \(gift)") }
        }
        #expect(given > 100)
    }

    @Test(arguments: [
        ("anywhere", [], "203.0.113.7", true),
        ("anywhere, by a unix socket", [], nil, true),
        ("inside", ["203.0.113.0/24"], "203.0.113.7", true),
        ("outside", ["203.0.113.0/24"], "203.0.114.7", false),
        ("in the second", ["10.0.0.0/8", "203.0.113.0/24"], "203.0.113.255", true),
        ("as IPv6 has it", ["203.0.113.0/24"], "::ffff:203.0.113.7", true),
        ("as IPv6 has it, outside", ["203.0.113.0/24"], "::ffff:203.0.114.7", false),
        ("inside IPv6", ["2001:db8::/32"], "2001:db8:1::1", true),
        ("outside IPv6", ["2001:db8::/32"], "2001:db9::1", false),
        ("the other family", ["2001:db8::/32"], "203.0.113.7", false),
        ("from nowhere", ["203.0.113.0/24"], nil, false),
        ("from no address", ["0.0.0.0/0"], "web1", false),
        ("all of IPv4", ["0.0.0.0/0"], "203.0.113.7", true),
        ("all of IPv6 is not IPv4", ["::/0"], "203.0.113.7", false),
    ] as [(String, [String], String?, Bool)])
    func aTokenIsHeldToItsNetworks(label: String, networks: [String], source: String?, isAdmitted: Bool) throws {
        let terms = TokenTerms(role: .owner, sources: try networks.map { try Network($0) })
        #expect(terms.admits(from: source) == isAdmitted, "\(label)")
    }
}
