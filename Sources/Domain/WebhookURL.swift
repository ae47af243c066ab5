/// Where a webhook goes: `https://HOST[:PORT][/PATH]`, without a name or password, and without a fragment, which nobody would be sent.
package struct WebhookURL: Hashable, Sendable, CustomStringConvertible {
    package static let longest = 1024
    package let text: String
    package let isSecure: Bool
    /// A name, or an address; an IPv6 address without its brackets.
    package let host: String
    package let port: Int
    /// Path and query, as the request's first line has them.
    package let target: String

    package init(_ text: String) throws(WebhookURLProblem) {
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ $0 < 128 }), let parts = text.wholeMatch(of: /(https?):\/\/([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:]+\])(?::([1-9][0-9]{0,4}))?(\/[A-Za-z0-9._~!$&'()*+,;=:@%\/?\-]*)?/)?.output else { throw WebhookURLProblem() }
        self.text = text
        isSecure = parts.1 == "https"
        let host = parts.2.first == "[" ? IPv6Address(parts.2.dropFirst().dropLast()).map(\.description) : Self.isName(parts.2) ? String(parts.2) : nil
        let port = parts.3.map { UInt16($0).map(Int.init) } ?? (isSecure ? 443 : 80)
        guard let host, let port else { throw WebhookURLProblem() }
        self.host = host
        self.port = port
        target = parts.4.map(String.init) ?? "/"
    }

    /// Labels of a host's name (RFC 1123, 2.1), which an IPv4 address is, too.
    private static func isName(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { (1...63).contains($0.utf8.count) && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
    }

    package var isAddress: Bool { IPv4Address(host) != nil || IPv6Address(host) != nil }

    /// As a request has it in `Host`.
    package var authority: String { String(text.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }) }

    /// Without the path, which may hold a secret of the receiver's.
    package var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

    package var description: String { text }
}

package struct WebhookURLProblem: Error, Equatable, Sendable, CustomStringConvertible {
    package var description: String { "https://HOST[:PORT][/PATH], at most \(WebhookURL.longest) bytes, without a user or a fragment" }
}
