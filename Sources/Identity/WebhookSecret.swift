internal import Crypto
internal import Domain
internal import Foundation

/// What a webhook's messages are signed with, and their receiver knows (Standard Webhooks, https://www.standardwebhooks.com): HMAC-SHA256. Its text is shown once; as each message is signed, the store keeps the bytes sealed, not hashed.
package struct WebhookSecret: Sendable {
    package static let length = 32
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func random() -> WebhookSecret { WebhookSecret(RandomBytes.of(length)) }

    package var text: String { "whsec_" + Data(bytes).base64EncodedString() }

    /// For `webhook-signature`. `timestamp`: in seconds since 1970.
    package func signature(of body: [UInt8], id: String, timestamp: Int64) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(id).\(timestamp).".utf8) + body, using: SymmetricKey(data: bytes))
        return "v1," + Data(code).base64EncodedString()
    }
}
