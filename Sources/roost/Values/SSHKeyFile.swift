/// The public keys in a file: one a line, as in authorized_keys (sshd(8)). Whether each is a key is roostd's to judge.
enum SSHKeyFile {
    static func keys(in text: String, called path: String) throws -> [String] {
        if text.contains("PRIVATE KEY-----") { throw InvalidValue("\(path) is a private key: give the file beside it that ends in .pub") }
        let lines = text.split(whereSeparator: \.isNewline).map(trimmed)
        let keys = lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        if keys.isEmpty { throw InvalidValue("\(path) has no key in it") }
        return keys
    }

    private static func trimmed(_ line: Substring) -> String {
        var line = line.drop(while: \.isWhitespace)
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line)
    }
}
