internal import Domain
internal import NodeModel
internal import Store
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct BookTests {
    @Test("The same access by the same is noted once a minute, another at once, and after the clock was set back")
    func accesses() {
        let book = AccessBook()
        let (one, other) = (VPSID.random(), VPSID.random())
        let access = Access(kind: "exec", id: one)
        #expect([0, 1, 59_999, 60_000, 60_001, 119_999, 120_000].map { book.note(access, by: "a", at: $0) } == [true, false, false, true, false, false, true])
        #expect(book.note(access, by: "b", at: 120_001) && book.note(Access(kind: "console", id: one), by: "a", at: 120_001) && book.note(Access(kind: "exec", id: other), by: "a", at: 120_001))
        #expect(book.note(access, by: "a", at: 5))
        #expect((0..<30_000).allSatisfy { book.note(access, by: Author(actor: "\($0)"), at: 5) }, "however many there are")
    }

    @Test("Another source is another access; what could not be noted is noted the next time")
    func sources() {
        let (book, access) = (AccessBook(), Access(kind: "exec", id: .random()))
        let (here, there) = (Author(actor: "a", source: "203.0.113.7"), Author(actor: "a", source: "203.0.113.8"))
        #expect(book.note(access, by: here, at: 0) && book.note(access, by: there, at: 0) && !book.note(access, by: here, at: 0))
        book.forget(access, by: here)
        #expect(book.note(access, by: here, at: 0))
    }

    @Test("A token has so many streams, and a tenant; a place that is left can be taken again")
    func streams() async throws {
        try await World.run { world in
            var scopes: [Scope] = []
            for name in ["a", "b"] {
                let (_, text) = try await world.plane.createToken(.admin, try Name(name), of: world.acme, TokenTerms(role: .reader))
                scopes.append(try await world.plane.authenticate(text, from: nil))
            }
            let count = StreamCount(mostOfToken: 3, mostOfTenant: 5)
            var places = try (0..<3).map { _ in try count.enter(scopes[0]) }
            #expect(throws: ControlPlaneError.self) { try count.enter(scopes[0]) }
            places += try (0..<2).map { _ in try count.enter(scopes[1]) }
            #expect(throws: ControlPlaneError.self) { try count.enter(scopes[1]) }
            _ = try count.enter(.tenant(try Name("other")))
            _ = try (0..<9).map { _ in try count.enter(.admin) }
            places.removeFirst()
            places.append(try count.enter(scopes[1]))
            #expect(throws: ControlPlaneError.self) { try count.enter(scopes[0]) }
            withExtendedLifetime(places) {}
        }
    }
}

@Suite(.timeLimit(.minutes(5)))
struct TicketBookTests {
    @Test("A ticket is good until its time, and those that nobody used are forgotten")
    func expiry() throws {
        let book = TicketBook<Int>()
        let (acme, other) = (try Name("acme"), try Name("other"))
        func issue(_ expiresAt: Int64, at now: Int64 = 0) -> String? { book.issue(7, to: .tenant(acme), until: expiresAt, at: now) }
        let (late, early) = (try #require(issue(10)), try #require(issue(10)))
        #expect(book.redeem(late, at: 10) == nil && book.redeem(early, at: 9) == 7 && book.redeem(early, at: 9) == nil)
        for _ in 0..<128 { #expect(issue(10) != nil) }
        #expect(issue(10) == nil, "too many of one")
        #expect(book.issue(7, to: .tenant(other), until: 10, at: 0) != nil, "that is nobody else's harm")
        #expect(issue(20, at: 10) != nil, "the others are over")
    }
}
