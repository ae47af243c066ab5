internal import Domain
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct AttemptBookTests {
    private let book = AttemptBook()
    private let alice = Login(try! Name("alice"), of: nil)  // a name

    /// Nil: he was let in; else for how many seconds he was sent away.
    private func attempt(_ login: Login? = nil, from network: String = "here", at seconds: Int64) -> Int64? {
        do {
            try book.begin(login ?? alice, from: network, at: seconds * 1000)
            return nil
        } catch {
            guard case .tooManyRequests(let allowance) = error else { return -1 }
            return allowance.retryInSeconds
        }
    }

    @Test("After five failures each next attempt has to wait twice as long, a quarter of an hour at most")
    func backoff() {
        #expect((0..<5).allSatisfy { _ in attempt(at: 0) == nil })
        var (now, waits) = (Int64(0), [Int64]())
        for _ in 0..<13 {
            guard let wait = attempt(at: now) else { break }
            waits.append(wait)
            #expect(attempt(at: now + wait - 1) == 1, "not before")
            now += wait
            #expect(attempt(at: now) == nil)
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
    }

    @Test("From elsewhere, and as somebody else, nobody has failed; after a success neither, and after an hour it is forgotten")
    func others() throws {
        for _ in 0..<5 { #expect(attempt(at: 0) == nil) }
        #expect(attempt(at: 0) == 1)
        let another = Login(try Name("alice"), of: try Name("acme"))
        #expect(attempt(from: "there", at: 0) == nil && attempt(another, at: 0) == nil)
        book.succeed(alice, from: "here")
        #expect(attempt(at: 0) == nil)
        for _ in 0..<4 { #expect(attempt(at: 0) == nil) }
        #expect(attempt(at: 0) == 1 && attempt(at: 3600) == nil && attempt(at: 3600) == nil, "it begins anew")
    }

    @Test("Many networks together have a hundred, then a minute each; where he logged in lately he is let in all the same")
    func networks() {
        book.succeed(alice, from: "home")
        #expect((0..<100).allSatisfy { attempt(from: "\($0)", at: 0) == nil })
        #expect(attempt(from: "100", at: 0) == 1 && attempt(from: "home", at: 0) == nil)
        var (now, waits) = (Int64(0), [Int64]())
        while waits.count < 8, let wait = attempt(from: "n\(now)", at: now) {
            waits.append(wait)
            now += wait
            #expect(attempt(from: "m\(now)", at: now) == nil)
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60])
    }

    @Test("What was not looked at does not count")
    func withdrawn() {
        for _ in 0..<50 {
            #expect(attempt(at: 0) == nil)
            book.withdraw(alice, from: "here")
        }
    }

    @Test("However many names somebody makes up, no more are remembered than there is room for, and whoever has to wait still has to")
    func flood() throws {
        for _ in 0..<5 { #expect(attempt(at: 0) == nil) }
        for number in 0..<30_000 { try book.begin(Login(try Name("a\(number)"), of: nil), from: "elsewhere", at: 0) }
        #expect(attempt(at: 0) == 1 && book.count <= 10_002)
    }
}
