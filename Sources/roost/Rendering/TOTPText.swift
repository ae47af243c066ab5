internal import APIModel

/// A secret for an authenticator, as it is told of it: typed in, or as a URI that programs make a picture of.
enum TOTPText {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    /// 160 random bits in Base32.
    static func newSecret() -> String { String((0..<32).map { _ in digits[Int.random(in: 0..<32)] }) }

    static func invitation(_ secret: String, for caller: Caller) -> String {
        let user = [caller.tenant, caller.user].compactMap { $0 }.joined(separator: "%2F")
        return "secret  \(secret)\nuri     otpauth://totp/Roost:\(user)?secret=\(secret)&issuer=Roost\n"
    }
}
