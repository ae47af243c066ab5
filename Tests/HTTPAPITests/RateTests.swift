internal import ControlPlane
internal import Domain
internal import Foundation
internal import HTTPTypes
internal import Testing

@testable internal import HTTPAPI

@Suite(.timeLimit(.minutes(5)))
struct RateTests {
    /// So slow that what time brings does not matter here.
    private static let rate = RequestRate(perSecond: 1, burst: 20)

    @Test("A token that asks too often is told so, and when to come again; another tenant's is let in")
    func token() async throws {
        try await Served.running(rate: Self.rate) { served in
            let (acme, other) = (try Name("acme"), try Name("other"))
            _ = try await served.plane.createTenant(.admin, other, Quantities())
            let (_, busy) = try await served.plane.createToken(.admin, try Name("busy"), of: acme, TokenTerms(role: .owner))
            let (_, quiet) = try await served.plane.createToken(.admin, try Name("quiet"), of: other, TokenTerms(role: .owner))
            let asker = Asker(served.plane)
            let first = try await asker.ask("GET", "/v1/plans", token: busy)
            #expect(first.status == 200 && first.headers[.rateLimitLimit] == "20" && first.headers[.rateLimitReset] == "1")
            let missing = try await asker.ask("GET", "/v1/plans/none", token: busy)
            #expect(missing.status == 404 && missing.headers[.rateLimitRemaining] != nil, "problems say it, too")
            var last = first
            for _ in 0..<200 where last.status == 200 { last = try await asker.ask("GET", "/v1/plans", token: busy) }
            #expect(last.status == 429 && last.code == "rate_limit_exceeded" && last.headers[.retryAfter] == "1" && last.headers[.rateLimitRemaining] == "0")
            #expect(try await asker.ask("GET", "/v1/plans", token: quiet).status == 200)
        }
    }

    @Test("A tenant's tokens together may do four times as much as one")
    func tenant() async throws {
        try await Served.running(rate: Self.rate) { served in
            let acme = try Name("acme")
            let asker = Asker(served.plane)
            var tokens: [String] = []
            for number in 0..<8 { tokens.append(try await served.plane.createToken(.admin, try Name("t\(number)"), of: acme, TokenTerms(role: .reader)).text) }
            var limits: Set<String> = []
            for round in 0..<400 {
                let answer = try await asker.ask("GET", "/v1/plans", token: tokens[round % 8])
                if answer.status == 429 { limits.insert(answer.headers[.rateLimitLimit] ?? "") }
                if limits.contains("80") { break }
            }
            #expect(limits.contains("80"))
        }
    }

    @Test("Whoever floods with bad tokens, or with none, is told to wait; a good one from the same address is let in", arguments: [nil, "roost_0123456789abcdef_\(String(repeating: "0", count: 64))", "nonsense"])
    func strangers(token: String?) async throws {
        try await Served.running(rate: Self.rate) { served in
            let (_, good) = try await served.plane.createToken(.admin, try Name("good"), of: try Name("acme"), TokenTerms(role: .owner))
            let asker = Asker(served.plane)
            var answers: [Int: Int] = [:]
            for _ in 0..<100 { answers[try await asker.ask("GET", "/v1/plans", token: token).status, default: 0] += 1 }
            #expect(answers.keys.sorted() == [401, 429] && answers[401, default: 0] < 40, "\(answers)")
            #expect(try await asker.ask("GET", "/v1/plans", token: good).status == 200)
        }
    }
}
