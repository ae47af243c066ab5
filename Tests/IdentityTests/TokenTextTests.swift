import Identity
import Testing

struct TokenTextTests {
    @Test func whatIsShownIsReadBackAndMatchesItsHash() throws {
        for _ in 0..<200 {
            let token = TokenText.random()
            let read = try #require(TokenText(token.text))
            #expect(read.id == token.id && read.text == token.text && read.matches(token.hash))
            #expect(!TokenText.random().matches(token.hash))
        }
    }

    @Test func anyBitOfTheSecretMatters() throws {
        let token = TokenText.random()
        for place in token.text.indices.suffix(64) {
            var other = token.text
            other.replaceSubrange(place...place, with: token.text[place] == "0" ? "1" : "0")
            let read = try #require(TokenText(other))
            #expect(read.id == token.id && !read.matches(token.hash))
        }
    }

    @Test func aHashOfAnotherLengthDoesNotMatch() {
        let token = TokenText.random()
        #expect(!token.matches([]) && !token.matches(Array(token.hash.dropLast())) && !token.matches(token.hash + [0]))
    }

    static let form = "roost_0123456789abcdef_" + String(repeating: "a0", count: 32)

    static let rows: [(String, String, Bool)] = [
        ("as it is", form, true),
        ("upper case", form.uppercased(), false),
        ("another prefix", "rooster" + String(form.dropFirst(5)), false),
        ("no prefix", String(form.dropFirst(6)), false),
        ("one digit less", String(form.dropLast()), false),
        ("one byte less", String(form.dropLast(2)), false),
        ("one byte more", form + "00", false),
        ("no digit", String(form.dropLast()) + "g", false),
        ("a wider digit", String(form.dropLast()) + "１", false),
        ("a short id", form.replacing("0123456789abcdef", with: "0123456789abcd"), false),
        ("a part more", form + "_", false),
        ("a space before", " " + form, false),
        ("a newline behind", form + "\n", false),
        ("a NUL inside", form.replacing("_a", with: "_\0"), false),
        ("nothing", "", false),
        ("only lines", "__", false),
        ("64 KiB", String(repeating: "a", count: 1 << 16), false),
    ]

    @Test(arguments: rows)
    func onlyTheOneFormIsRead(label: String, text: String, isRead: Bool) { #expect((TokenText(text) != nil) == isRead, "\(label)") }
}
