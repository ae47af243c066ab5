import Testing

@testable import Identity

struct PasswordHashTests {
    @Test("As others compute it (RFC 7914, 12; the first half of the key)")
    func known() throws {
        let hash = try PasswordHash.derive("pleaseletmein", Array("SodiumChloride".utf8), 14)
        #expect(hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test("What is written is read back, matches that password only, and is another each time")
    func roundTrip() throws {
        let hash = try PasswordHash(of: "correct horse", cost: 2)
        let read = try #require(PasswordHash(hash.text))
        #expect(read.text == hash.text)
        #expect(try read.matches("correct horse"))
        for other in ["correct hors", "correct horse ", "Correct horse", ""] { #expect(try read.matches(other) == false, "\(other)") }
        #expect(try PasswordHash(of: "correct horse", cost: 2).text != hash.text)
    }

    @Test("What is none of ours is none", arguments: [
        ("empty", ""), ("another scheme", "$2b$12$abcdefghijklmnopqrstuv"), ("no hash", "$scrypt$ln=2,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$"), ("another block size", "$scrypt$ln=2,r=9,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("a cost that takes all memory", "$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("more behind it", "$scrypt$ln=2,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"),
    ])
    func refused(row: String, text: String) { #expect(PasswordHash(text) == nil, "\(row)") }
}
