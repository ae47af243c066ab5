/// Where roostd listens: a unix socket, or for trials a port of this machine.
package enum Endpoint: Sendable, Equatable, CustomStringConvertible {
    case unixSocket(path: String)
    case port(host: String, port: Int)

    package static let standard = Endpoint.unixSocket(path: "/run/roost/api/roostd.sock")

    package enum Malformed: Error, Equatable, CustomStringConvertible {
        case empty
        case scheme(String)
        case port(String)

        package var description: String {
            switch self {
            case .empty: "an empty address: a socket's path is expected, such as \(Endpoint.standard)"
            case .scheme(let text): "'\(text)': a socket's path or http://127.0.0.1:PORT is expected"
            case .port(let text): "'\(text)': http://HOST:PORT is expected, with a port from 1 to 65535"
            }
        }
    }

    /// A path, `unix:PATH` or `http://HOST:PORT`.
    package init(_ text: String) throws(Malformed) {
        if text.hasPrefix("http://") {
            self = try Self.port(in: text)
            return
        }
        if text.contains("://") { throw .scheme(text) }
        let path = text.hasPrefix("unix:") ? String(text.dropFirst(5)) : text
        if path.isEmpty { throw .empty }
        self = .unixSocket(path: path)
    }

    private static func port(in text: String) throws(Malformed) -> Endpoint {
        var rest = text.dropFirst("http://".count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard let colon = rest.lastIndex(of: ":"), let port = Int(rest[rest.index(after: colon)...]), (1...65535).contains(port) else { throw .port(text) }
        let host = rest[..<colon]
        if host.isEmpty || host.contains("/") { throw .port(text) }
        return .port(host: String(host), port: port)
    }

    package var description: String {
        switch self {
        case .unixSocket(let path): path
        case .port(let host, let port): "http://\(host):\(port)"
        }
    }

    /// What the Host header says (RFC 9112, 3.2).
    var host: String {
        switch self {
        case .unixSocket: "localhost"
        case .port(let host, let port): "\(host):\(port)"
        }
    }
}
