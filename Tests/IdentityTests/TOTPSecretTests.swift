import Domain
import Identity
import Testing

struct TOTPSecretTests {
    /// "12345678901234567890", as RFC 6238 has it.
    private static let text = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    @Test("As authenticators compute it (RFC 6238, appendix B; the last six digits)", arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ] as [(Int64, String)])
    func known(seconds: Int64, code: String) throws {
        let secret = try #require(TOTPSecret(Self.text))
        #expect(secret.code(at: seconds / 30) == code)
        #expect(secret.step(of: try LoginCode(code), at: seconds * 1000, after: nil) == seconds / 30)
    }

    @Test("Clocks may differ by a step, and no code is taken twice")
    func steps() throws {
        let secret = try #require(TOTPSecret(Self.text))
        let now: Int64 = 50_000_000
        func step(_ offset: Int64, after last: Int64?) throws -> Int64? { secret.step(of: try LoginCode(secret.code(at: now + offset)), at: now * 30_000 + 29_999, after: last) }
        #expect(try [-2, -1, 0, 1, 2].map { try step($0, after: nil) } == [nil, now - 1, now, now + 1, nil])
        #expect(try [-1, 0, 1].map { try step($0, after: now) } == [nil, nil, now + 1])
    }

    @Test("Its form", arguments: [
        ("the shortest", text, true), ("one digit less", String(text.dropLast()), false), ("lower case", text.lowercased(), false), ("no Base32", "1" + text, false), ("padded", text + "=", false), ("empty", "", false),
        ("the longest", String(repeating: "A", count: 128), true), ("one digit more", String(repeating: "A", count: 129), false),
    ])
    func form(row: String, text: String, isOne: Bool) { #expect((TOTPSecret(text) != nil) == isOne, "\(row)") }
}
