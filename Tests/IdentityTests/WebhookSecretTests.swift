internal import Foundation
internal import Identity
internal import Testing

struct WebhookSecretTests {
    @Test("A message is signed as the specification's own example is")
    func example() throws {
        let secret = WebhookSecret(Array(try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))))
        #expect(secret.text == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        #expect(secret.signature(of: Array(#"{"test": 2432232314}"#.utf8), id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("Each is another, of 256 bits")
    func random() {
        let secrets = (0..<100).map { _ in WebhookSecret.random() }
        #expect(Set(secrets.map(\.text)).count == 100 && secrets.allSatisfy { $0.bytes.count == 32 })
    }
}
