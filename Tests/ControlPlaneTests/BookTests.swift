internal import Domain
internal import NodeModel
internal import Store
internal import Testing

@testable internal import ControlPlane

struct BookTests {
    @Test("The same access by the same is noted once a minute, another at once, and after the clock was set back")
    func accesses() {
        let book = AccessBook()
        let (one, other) = (VPSID.random(), VPSID.random())
        #expect([0, 1, 59_999, 60_000, 60_001, 119_999, 120_000].map { book.isToBeNoted("exec", one, by: "a", at: $0) } == [true, false, false, true, false, false, true])
        #expect(book.isToBeNoted("exec", one, by: "b", at: 120_001) && book.isToBeNoted("console", one, by: "a", at: 120_001) && book.isToBeNoted("exec", other, by: "a", at: 120_001))
        #expect(book.isToBeNoted("exec", one, by: "a", at: 5))
        #expect((0..<30_000).allSatisfy { book.isToBeNoted("exec", one, by: "\($0)", at: 5) }, "however many there are")
    }

    @Test("A guest is heard up to a length, and of that the beginning is kept")
    func guests() {
        var end = GuestEnd()
        let part = [UInt8](repeating: UInt8(ascii: "x"), count: 1024)
        let isHeard = (0..<64).map { _ in end.hear(StreamFrame(.output, part)) } + [end.hear(StreamFrame(.errorOutput, [1]))]
        #expect(isHeard == Array(repeating: true, count: 64) + [false] && end.status == nil && end.words.count == 200)
        var ended = GuestEnd()
        let goesOn = [ended.hear(StreamFrame(.output, Array("a\u{1B}[2Jb\n".utf8))), ended.hear(StreamFrame(.exit, [0, 0, 1, 2]))]
        #expect(goesOn == [true, false] && ended.status == 258 && ended.words == "a[2Jb")
        var failed = GuestEnd()
        let fails = failed.hear(StreamFrame(.failure, Array("no sh".utf8)))
        #expect(!fails && failed.status == nil && failed.words == "no sh")
    }

    @Test("A token has so many streams, and a tenant; a place that is left can be taken again")
    func streams() throws {
        let count = StreamCount()
        let acme = Scope.tenant(try Name("acme"))  // without a token
        var places = try (0..<256).map { _ in try count.enter(acme) }
        #expect(throws: ControlPlaneError.self) { try count.enter(acme) }
        _ = try count.enter(.tenant(try Name("other")))
        _ = try count.enter(.admin)
        places.removeLast()
        _ = try count.enter(acme)
        let again = try count.enter(acme)
        #expect(throws: ControlPlaneError.self) { try count.enter(acme) }
        withExtendedLifetime((places, again)) {}
    }
}

struct TicketBookTests {
    @Test("A ticket is good until its time, and those that nobody used are forgotten")
    func expiry() throws {
        let book = TicketBook()
        let (acme, web1) = (try Name("acme"), try Name("web1"))
        func issue(_ expiresAt: Int64, at now: Int64 = 0) -> String? { book.issue(TicketBook.Ticket(scope: .tenant(acme), tenant: acme, vps: web1, kind: .exec, expiresAt: expiresAt), at: now) }
        let (late, early) = (try #require(issue(10)), try #require(issue(10)))
        #expect(book.redeem(late, at: 10) == nil && book.redeem(early, at: 9)?.kind == .exec && book.redeem(early, at: 9) == nil)
        for _ in 0..<10_000 { #expect(issue(10) != nil) }
        #expect(issue(10) == nil, "too many")
        #expect(issue(20, at: 10) != nil, "the others are over")
    }
}
