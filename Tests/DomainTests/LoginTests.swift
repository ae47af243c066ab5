import Domain
import Testing

struct LoginTests {
    @Test("Whose it is", arguments: [("alice", nil, "alice"), ("acme/alice", "acme", "alice"), ("a/b", "a", "b")] as [(String, String?, String)])
    func parsed(text: String, tenant: String?, name: String) throws {
        let login = try Login(text)
        #expect(login.tenant?.text == tenant && login.name.text == name && login.description == text)
    }

    @Test("What is nobody's", arguments: ["", "/", "acme/", "/alice", "acme//alice", "acme/alice/x", "Alice", "acme/alice\n", "a b/c"])
    func refused(text: String) { #expect(throws: NameProblem.self) { try Login(text) } }

    @Test("What no authenticator shows", arguments: ["", "1", "12345", "1234567", "abcdef", "１２３４５６", "12345\n", "-12345"])
    func code(text: String) { #expect(throws: LoginCodeProblem.self) { try LoginCode(text) } }
}
