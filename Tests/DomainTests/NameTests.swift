internal import Domain
internal import Testing

struct NameTests {
    @Test("Names that are DNS labels are taken", arguments: ["a", "0", "web1", "a-b", "a--b", String(repeating: "x", count: 63)])
    func good(text: String) throws {
        #expect(try Name(text).text == text)
    }

    @Test(
        "Other names are refused, and it is said why",
        arguments: [
            ("empty", "", .empty),
            ("300 characters", String(repeating: "a", count: 300), .tooLong(bytes: 300)),
            ("64 octets", String(repeating: "a", count: 64), .tooLong(bytes: 64)),
            ("slash", "a/b", .character(scalar: 0x2F, position: 2)),
            ("dots", "..", .character(scalar: 0x2E, position: 1)),
            ("newline", "a\n", .character(scalar: 0x0A, position: 2)),
            ("NUL", "a\0b", .character(scalar: 0, position: 2)),
            ("right-to-left mark", "a\u{200F}b", .character(scalar: 0x200F, position: 2)),
            ("right-to-left override", "\u{202E}abc", .character(scalar: 0x202E, position: 1)),
            ("upper case", "Web", .character(scalar: 0x57, position: 1)),
            ("a combining accent", "a\u{301}", .character(scalar: 0x301, position: 2)),
            ("full-width digit", "a１", .character(scalar: 0xFF11, position: 2)),
            ("leading hyphen", "-rf", .hyphenAtEdge),
            ("trailing hyphen", "a-", .hyphenAtEdge),
            ("command substitution", "$(id)", .character(scalar: 0x24, position: 1)),
            ("space", "a b", .character(scalar: 0x20, position: 2)),
        ] as [(String, String, NameProblem)])
    func bad(label: String, text: String, problem: NameProblem) {
        #expect(throws: problem, "\(label)") { try Name(text) }
        #expect(!problem.description.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E }, "the message repeats nothing dangerous")
    }
}
