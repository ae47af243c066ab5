/// The head of the answer to a wish for a stream (RFC 9112, 4 and 5), as far as it decides what follows. Pure.
struct HandshakeHead: Sendable, Equatable {
    let status: Int
    /// What `Sec-WebSocket-Protocol` says.
    let subprotocol: String?
    /// Bytes of the whole head; what follows is the stream's, or a body.
    let length: Int

    static let longest = 16384

    enum Malformed: Error, Equatable {
        case tooLong
        case statusLine
    }

    /// Nil: more of it is to come.
    init?(_ bytes: some Collection<UInt8>) throws(Malformed) {
        let bytes = Array(bytes.prefix(Self.longest))
        let end = Array("\r\n\r\n".utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
            if bytes.count == Self.longest { throw .tooLong }
            return nil
        }
        length = start + end.count
        let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].count == 3, words[1].allSatisfy(\.isNumber), let status = Int(words[1]) else { throw .statusLine }
        self.status = status
        subprotocol = lines.dropFirst().lazy.compactMap { Self.value(of: "sec-websocket-protocol", in: $0) }.first
    }

    private static func value(of name: String, in line: Substring) -> String? {
        guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { return nil }
        return String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
