/// An address and a port to listen at: `127.0.0.1:8443`, `[::]:8443`. Port 0 is any that is free.
package struct Listener: Sendable, Equatable {
    package var host: String
    package var port: Int

    /// Nil: it has not that form.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), text[text.index(after: colon)...].allSatisfy(\.isNumber) else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            self.host = String(host.dropFirst().dropLast())
            guard self.host.contains(":"), self.host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
        } else {
            self.host = String(host)
            guard !host.isEmpty, host.allSatisfy({ $0.isNumber || $0 == "." }), host.split(separator: ".").count == 4 else { return nil }
        }
        self.port = Int(port)
    }
}
