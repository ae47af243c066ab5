/// One line of an `authorized_keys` file: type, base64, optional comment; no options (sshd(8)). Written as it is into a guest.
package struct SSHPublicKey: Hashable, Sendable, CustomStringConvertible {
    package static let longest = 16_384
    package static let types: Set<String> = [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ]
    package let line: String

    /// A line break at the end, as a file has it, is taken off.
    package init(_ text: String) throws(SSHPublicKeyProblem) {
        var line = Substring(text)
        while line.last?.isNewline == true { line.removeLast() }
        guard line.utf8.count <= Self.longest else { throw .tooLong }
        guard line.unicodeScalars.allSatisfy(\.isOfALine) else { throw .controlCharacter }
        // Of scalars: a space and a mark that joins it are one character.
        let parts = line.unicodeScalars.split(separator: " ", maxSplits: 2).map { String($0) }
        guard parts.count >= 2, line.unicodeScalars.first != " " else { throw .notTypeAndKey }
        guard Self.types.contains(parts[0]) else { throw .unknownType(String(parts[0].prefix(40))) }
        guard let bytes = Base64.decode(parts[1]), Self.names(bytes, parts[0]) else { throw .notBase64 }
        self.line = String(line)
    }

    package var description: String { line }

    /// RFC 4253, 6.6: the blob begins with its type as a string.
    private static func names(_ blob: [UInt8], _ type: String) -> Bool {
        guard blob.count > 4 + type.utf8.count else { return false }
        let length = blob[0..<4].reduce(0) { $0 << 8 | Int($1) }
        return length == type.utf8.count && blob[4..<(4 + length)].elementsEqual(type.utf8)
    }
}

package enum SSHPublicKeyProblem: Error, Equatable, Sendable, CustomStringConvertible {
    case tooLong, controlCharacter, notTypeAndKey, unknownType(String), notBase64

    package var description: String {
        switch self {
        case .tooLong: "the SSH key is longer than \(SSHPublicKey.longest) bytes"
        case .controlCharacter: "the SSH key holds a line break or another control character: give one key per line"
        case .notTypeAndKey: "an SSH key is a type, base64 and an optional comment in one line, without options"
        case .unknownType(let type): "\(type) is not a known type of SSH key; known are \(SSHPublicKey.types.sorted().joined(separator: ", "))"
        case .notBase64: "the SSH key's second word is not the base64 of a key of its type"
        }
    }
}
