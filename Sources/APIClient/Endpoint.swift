/// Where roostd listens: a unix socket, a port with TLS, or for trials a plain port of this machine.
package enum Endpoint: Sendable, Equatable, CustomStringConvertible {
    case unixSocket(path: String)
    case port(host: String, port: Int)
    case secure(host: String, port: Int, Trust)

    package static let standard = Endpoint.unixSocket(path: "/run/roost/api/roostd.sock")

    package enum Malformed: Error, Equatable, CustomStringConvertible {
        case empty
        case scheme(String)
        case port(String)

        package var description: String {
            switch self {
            case .empty: "an empty address: a socket's path is expected, such as \(Endpoint.standard)"
            case .scheme(let text): "'\(text)': a socket's path or http://127.0.0.1:PORT is expected; for https://, see `roost login`"
            case .port(let text): "'\(text)': SCHEME://HOST:PORT is expected, with a port from 1 to 65535"
            }
        }
    }

    /// A path, `unix:PATH` or `http://HOST:PORT`.
    package init(_ text: String) throws(Malformed) {
        if text.hasPrefix("http://") {
            let (host, port) = try Self.hostAndPort(text, after: "http://")
            self = .port(host: host, port: port)
            return
        }
        if text.contains("://") { throw .scheme(text) }
        let path = text.hasPrefix("unix:") ? String(text.dropFirst(5)) : text
        if path.isEmpty { throw .empty }
        self = .unixSocket(path: path)
    }

    /// `https://HOST[:PORT]`; without a port 8443, roostd's usual one.
    package init(https text: String, _ trust: Trust) throws(Malformed) {
        guard text.hasPrefix("https://") else { throw .scheme(text) }
        let (host, port) = try Self.hostAndPort(text, after: "https://", standard: 8443)
        self = .secure(host: host, port: port, trust)
    }

    private static func hostAndPort(_ text: String, after scheme: String, standard: Int? = nil) throws(Malformed) -> (String, Int) {
        var rest = text.dropFirst(scheme.count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        if let standard, !rest.isEmpty, rest.hasSuffix("]") || !rest.contains(":") { return (try Self.host(rest, text), standard) }
        guard let colon = rest.lastIndex(of: ":"), let port = Int(rest[rest.index(after: colon)...]), (1...65535).contains(port) else { throw .port(text) }
        return (try Self.host(rest[..<colon], text), port)
    }

    private static func host(_ host: Substring, _ text: String) throws(Malformed) -> String {
        if host.isEmpty || host.contains("/") { throw .port(text) }
        return host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : String(host)
    }

    package var description: String {
        switch self {
        case .unixSocket(let path): path
        case .port(let host, let port): "http://\(host):\(port)"
        case .secure(let host, let port, _): "https://\(Self.bracketed(host)):\(port)"
        }
    }

    /// What the Host header says (RFC 9112, 3.2).
    var host: String {
        switch self {
        case .unixSocket: "localhost"
        case .port(let host, let port): "\(host):\(port)"
        case .secure(let host, let port, _): "\(Self.bracketed(host)):\(port)"
        }
    }

    private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
