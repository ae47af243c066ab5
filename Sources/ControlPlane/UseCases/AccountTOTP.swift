package import Domain
internal import Identity
internal import Store

/// What becomes of somebody's second factor.
package struct AccountTOTP: Sendable {
    /// Nil: none is wanted any more.
    private let wanted: (secret: TOTPSecret, code: LoginCode)?

    package static let unwanted = AccountTOTP(wanted: nil)

    /// `secret`: in Base32, known to an authenticator that shows `code` now.
    package init(secret: String, code: LoginCode) throws(ControlPlaneError) {
        guard let secret = TOTPSecret(secret) else { throw .invalid("totp.secret: \(TOTPSecret.length.lowerBound) to \(TOTPSecret.length.upperBound) digits of Base32 (A–Z, 2–7)") }
        self.init(wanted: (secret, code))
    }

    private init(wanted: (secret: TOTPSecret, code: LoginCode)?) { self.wanted = wanted }

    func change(at now: Int64) throws(ControlPlaneError) -> UserEdit.TOTP {
        guard let (secret, code) = wanted else { return .removed }
        guard let step = secret.step(of: code, at: now, after: nil) else { throw .refused(.wrongState("the code is not this secret's now; look at the authenticator's clock and at this host's")) }
        return .secret(secret.text, step: step)
    }
}
