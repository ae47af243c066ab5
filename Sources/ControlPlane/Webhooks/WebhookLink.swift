package import Domain

/// The way to those whom webhooks tell. A fake stands beside it in the tests.
package protocol WebhookLink: Sendable {
    /// The status that was answered, whatever it says. `isPlatforms`: the platform asked for it, and it may go where the settings let its own go. Cancellation gives it up.
    func send(_ message: WebhookMessage, to url: WebhookURL, isPlatforms: Bool) async throws(WebhookLinkError) -> Int
}

/// As Standard Webhooks have it (https://www.standardwebhooks.com).
package struct WebhookMessage: Sendable, Equatable {
    /// The same however often it is sent: who has it already can tell.
    package var id: String
    /// Of this attempt, in seconds since 1970.
    package var timestamp: Int64
    package var signature: String
    /// JSON.
    package var body: [UInt8]

    package init(id: String, timestamp: Int64, signature: String, body: [UInt8]) {
        self.id = id
        self.timestamp = timestamp
        self.signature = signature
        self.body = body
    }
}

/// Its words are for the webhook's owner, who shall not learn from them what there is behind the platform's walls.
package enum WebhookLinkError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is not known, or it is and may not be reached: which of them, is not said.
    case nowhere
    /// Too much is being sent: nothing was tried.
    case busy
    case notConnected
    case untrusted
    case cutOff
    case timedOut(Duration)

    package var description: String {
        switch self {
        case .nowhere: "the host is not known, or its address may not be reached"
        case .busy: "too much is being sent"
        case .notConnected: "nobody takes connections there"
        case .untrusted: "no TLS with a certificate in the host's name"
        case .cutOff: "the connection ended without an answer of HTTP"
        case .timedOut(let limit): "no answer within \(limit.components.seconds) s"
        }
    }
}
