@testable import roost
import Testing

@Suite("Files of public keys") struct SSHKeyFileTests {
    @Test("each line is a key; comments and empty lines are none")
    func keys() throws {
        #expect(try SSHKeyFile.keys(in: "# mine\r\nssh-ed25519 AAAA a@b\r\n\n  ssh-rsa BBBB  \n", called: "f") == ["ssh-ed25519 AAAA a@b", "ssh-rsa BBBB"])
    }

    @Test("a file without keys, and a private key, are refused", arguments: ["", "# none\n", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"])
    func refused(text: String) { #expect(throws: InvalidValue.self) { try SSHKeyFile.keys(in: text, called: "f") } }
}
