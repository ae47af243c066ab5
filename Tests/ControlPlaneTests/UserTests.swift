internal import Domain
internal import Identity
internal import Store
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct UserTests {
    private static let password = "correct horse"
    private static let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    private static func create(_ world: World, _ name: String = "alice", _ role: Role = .owner, by scope: Scope = .admin) async throws -> Login {
        let login = Login(try Name(name), of: role.isOfTenant ? world.acme : nil)
        #expect(try await world.plane.createUser(scope, login, role, try Password(password)).login == login)
        return login
    }

    private static func proof(_ password: String, _ code: String? = nil) throws -> Proof { Proof(password: try Password(password), code: try code.map { try LoginCode($0) }) }

    private static func session(_ world: World, _ login: Login, _ password: String = password, code: String? = nil) async throws -> (scope: Scope, text: String) {
        let (_, text) = try await world.plane.openSession(.nobody.asking(from: "192.0.2.1", request: "r"), login, try proof(password, code))
        return (try await world.plane.authenticate(text, from: "192.0.2.1"), text)
    }

    private static func expectEnded(_ world: World, _ text: String, _ why: Comment) async {
        await #expect(why) { try await world.plane.authenticate(text, from: nil) } throws: { if case .unauthenticated = $0 as? ControlPlaneError { true } else { false } }
    }

    private static func expectRefused(_ why: Comment, _ deed: () async throws -> Void) async {
        await #expect(why) { try await deed() } throws: { if case .invalidCredentials = $0 as? ControlPlaneError { true } else { false } }
    }

    @Test("Who proves who he is acts as himself, until he logs out")
    func life() async throws {
        try await World.run { world in
            let alice = try await Self.create(world)
            let (scope, text) = try await Self.session(world, alice)
            #expect(scope.reach == .tenant(world.acme) && scope.actor == "user acme/alice" && scope.login == alice && scope.terms?.role == .owner)
            #expect(try await world.plane.tokens(.admin, of: world.acme).map(\.user) == [alice.name])
            #expect(try await world.store.events(EventFilter(kind: "session.opened"), limit: 9).map { "\($0.actor) \($0.source ?? "") \($0.subject)" } == ["user acme/alice 192.0.2.1 acme/alice"])
            let again = ControlPlane(store: world.store, link: world.node, policy: world.plane.policy, logger: world.plane.logger)
            try await again.prepare()
            #expect(try await again.authenticate(text, from: nil) == scope, "known after a restart")
            try await world.plane.endSession(scope)
            await Self.expectEnded(world, text, "logged out")
        }
    }

    @Test("Whatever is wrong is refused in the same words, and the password is nowhere to be found")
    func refused() async throws {
        try await World.run { world in
            let alice = try await Self.create(world)
            for (label, login, password) in [
                ("another password", alice, "correct hors"), ("nobody of that name", Login(try Name("bob"), of: world.acme), Self.password), ("of the platform", Login(alice.name, of: nil), Self.password),
                ("of another tenant", Login(alice.name, of: try Name("other")), Self.password),
            ] { await Self.expectRefused("\(label)") { _ = try await Self.session(world, login, password) } }
            #expect(try await world.store.user(alice).map { !$0.password.contains(Self.password) } == true)
            #expect(try await world.store.events(EventFilter(), limit: 99).allSatisfy { !"\($0)".contains(Self.password) })
        }
    }

    @Test("After some failures even the right password has to wait")
    func attempts() async throws {
        try await World.run(now: { 1_800_000_000_000 }) { world in
            let alice = try await Self.create(world)
            for _ in 0..<5 { await Self.expectRefused("wrong") { _ = try await Self.session(world, alice, "wrong horse") } }
            await #expect { _ = try await Self.session(world, alice) } throws: { if case .tooManyRequests(let allowance) = $0 as? ControlPlaneError { allowance.retryInSeconds == 1 } else { false } }
            _ = try await world.plane.openSession(.nobody.asking(from: "192.0.2.2", request: "r"), alice, try Self.proof(Self.password))
        }
    }

    @Test("With a second factor the password is not enough; a code is good once; who gives passwords takes it away")
    func secondFactor() async throws {
        try await World.run(now: { 1_800_000_000_000 }) { world in
            let alice = try await Self.create(world)
            let secret = try #require(TOTPSecret(Self.secret))
            func code(_ offset: Int64 = 0) -> String { secret.code(at: world.store.time / 30_000 + offset) }
            let (scope, _) = try await Self.session(world, alice)
            func change(_ password: String, shown: String? = nil, _ totp: AccountTOTP) async throws { _ = try await world.plane.changeAccount(scope, try Self.proof(password, shown), password: nil, totp: totp) }
            func enable(_ password: String, _ code: String) async throws { try await change(password, AccountTOTP(secret: Self.secret, code: try LoginCode(code))) }
            await Self.expectRefused("another password") { try await enable("wrong horse", code()) }
            await #expect { try await enable(Self.password, code(7)) } throws: { if case .wrongState = refusal($0) { true } else { false } }
            try await enable(Self.password, code(-1))
            await #expect { _ = try await Self.session(world, alice) } throws: { if case .secondFactorRequired = $0 as? ControlPlaneError { true } else { false } }
            await Self.expectRefused("the code that proved it") { _ = try await Self.session(world, alice, code: code(-1)) }
            await Self.expectRefused("another password is not told of codes") { _ = try await Self.session(world, alice, "wrong horse") }
            let shown = code(1)
            _ = try await Self.session(world, alice, code: shown)
            await Self.expectRefused("twice") { _ = try await Self.session(world, alice, code: shown) }
            await #expect { try await change(Self.password, .unwanted) } throws: { if case .secondFactorRequired = $0 as? ControlPlaneError { true } else { false } }
            await Self.expectRefused("a code that was shown") { try await change(Self.password, shown: shown, .unwanted) }
            #expect(try await world.plane.changeUser(.admin, alice, password: nil, removesTOTP: true).totpSecret == nil)
            _ = try await Self.session(world, alice)
        }
    }

    @Test("Another password ends all sessions but the one that asked for it; so does an end to the user, or to his tenant")
    func ends() async throws {
        try await World.run { world in
            let alice = try await Self.create(world)
            let (first, second) = (try await Self.session(world, alice), try await Self.session(world, alice))
            _ = try await world.plane.changeAccount(first.scope, try Self.proof(Self.password), password: try Password("another horse"), totp: nil)
            await Self.expectEnded(world, second.text, "another session")
            _ = try await world.plane.authenticate(first.text, from: nil)
            await Self.expectRefused("the old password") { _ = try await Self.session(world, alice) }
            _ = try await world.plane.changeUser(.admin, alice, password: try Password(Self.password), removesTOTP: false)
            await Self.expectEnded(world, first.text, "an admin gave another password")
            let third = try await Self.session(world, alice)
            try await world.plane.deleteUser(.admin, alice)
            await Self.expectEnded(world, third.text, "the user is gone")
            await Self.expectRefused("the user is gone") { _ = try await Self.session(world, alice) }
            let fourth = try await Self.session(world, try await Self.create(world))
            try await world.plane.deleteTenant(.admin, world.acme)
            await Self.expectEnded(world, fourth.text, "the tenant is gone")
        }
    }

    @Test("Nobody makes, sees or becomes a user who may do more than he; a session gives what its user may give")
    func reach() async throws {
        try await World.run { world in
            let alice = try await Self.create(world)
            let (_, held) = try await world.plane.createToken(.admin, try Name("held"), of: world.acme, TokenTerms(role: .owner, vpses: [world.web1]))
            let holder = try await world.plane.authenticate(held, from: nil)
            #expect(try await world.plane.users(holder, of: world.acme).isEmpty)
            await TokenTests.expect("forbidden", "a user with all VPSes") { _ = try await Self.create(world, "bob", .reader, by: holder) }
            let hidden = "refused(Store.Refusal.notFound(Store.Refusal.Kind.user, \"acme/alice\"))"
            await TokenTests.expect(hidden, "another password") { _ = try await world.plane.changeUser(holder, alice, password: try Password("another horse"), removesTOTP: false) }
            await TokenTests.expect(hidden, "an end") { try await world.plane.deleteUser(holder, alice) }
            let (scope, _) = try await Self.session(world, alice)
            await #expect("whoever has stolen a session has no password") { _ = try await world.plane.changeUser(scope, alice, password: try Password("another horse"), removesTOTP: true) } throws: {
                if case .wrongState = refusal($0) { true } else { false }
            }
            _ = try await Self.create(world, "bob", .member, by: scope)
            await TokenTests.expect("forbidden", "a user of the platform") { _ = try await Self.create(world, "root", .admin, by: scope) }
            let (token, _) = try await world.plane.createToken(scope, try Name("forever"), of: world.acme, TokenTerms(role: .owner))
            #expect(token.terms.expiresAt == nil, "a session's end is none of its user's rights")
            let (member, _) = try await Self.session(world, Login(try Name("bob"), of: world.acme))
            await TokenTests.expect("forbidden", "a member gives nothing") { _ = try await Self.create(world, "eve", .reader, by: member) }
            await #expect { _ = try await Self.create(world) } throws: { refusal($0) == .nameTaken(.user, "acme/alice") }
        }
    }

    @Test("Of a user's sessions the oldest ends when there would be too many, and tokens of programs have room of their own")
    func many() async throws {
        try await World.run { world in
            let alice = try await Self.create(world)
            let first = try await Self.session(world, alice)
            var last = first
            for _ in 0..<Store.mostSessions - 1 { last = try await Self.session(world, alice) }
            _ = try await world.plane.authenticate(first.text, from: nil)
            let (_, program) = try await world.plane.createToken(.admin, try Name("program"), of: world.acme, TokenTerms(role: .owner))
            last = try await Self.session(world, alice)
            await Self.expectEnded(world, first.text, "the oldest")
            for text in [last.text, program] { _ = try await world.plane.authenticate(text, from: nil) }
            #expect(try await world.plane.tokens(.admin, of: world.acme).count == Store.mostSessions + 1, "those that have ended are nowhere but in the events")
            let event = try await world.store.events(EventFilter(kind: "session.opened"), limit: 1).first
            #expect(event?.detail.contains("; ended: \(first.text.split(separator: "_")[1])") == true)
        }
    }

    @Test("A change that was begun before another is refused after it")
    func overtaken() async throws {
        try await World.run { world in
            let alice = try await Self.create(world)
            let seen = try #require(try await world.store.user(alice))
            _ = try await world.plane.changeUser(.admin, alice, password: try Password("another horse"), removesTOTP: false)
            await #expect(throws: Refusal.changed("acme/alice")) { _ = try await world.store.changeUser(seen, UserEdit(password: seen.password), by: "test") }
            await #expect(throws: Refusal.changed("acme/alice")) { _ = try await world.store.deleteUser(seen, by: "test") }
            let (scope, _) = try await Self.session(world, alice, "another horse")
            try await world.plane.endSession(scope)
            let now = try #require(try await world.store.user(alice))
            await #expect(throws: Refusal.changed("acme/alice"), "by a session that has ended") { _ = try await world.store.changeUser(now, UserEdit(password: seen.password), keeping: scope.token, by: "test") }
        }
    }
}
