/// roostd did not answer.
package struct Unreachable: Error, Sendable, Equatable, CustomStringConvertible {
    package let endpoint: Endpoint
    package let reason: Reason

    package enum Reason: Sendable, Equatable, CustomStringConvertible {
        case noSocket
        case nobodyListens
        case notPermitted
        case pathTooLong
        /// No answer within this many seconds.
        case silent(seconds: Int64)
        /// The connection ended before the answer did.
        case cutOff
        /// TLS came to nothing: most often a certificate that is not the one that was expected.
        case untrusted(String)
        case other(String)

        package var description: String {
            switch self {
            case .noSocket: "there is no such socket"
            case .nobodyListens: "nobody listens there"
            case .notPermitted: "this user may not connect"
            case .pathTooLong: "a socket's path has at most 107 bytes"
            case .silent(let seconds): "no answer within \(seconds) s"
            case .cutOff: "the connection ended before the answer did"
            case .untrusted(let words): "it does not show a certificate that is trusted (\(words)); `roost login` looks at it anew"
            case .other(let words): words
            }
        }
    }

    package init(_ endpoint: Endpoint, _ reason: Reason) {
        self.endpoint = endpoint
        self.reason = reason
    }

    package var description: String { "roostd cannot be reached at \(endpoint): \(reason)" }
}
