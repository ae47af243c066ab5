package import Domain

/// How somebody proves who he is.
package struct Proof: Sendable {
    package var password: Password
    /// Of his authenticator. Nil: he has shown none.
    package var code: LoginCode?

    package init(password: Password, code: LoginCode? = nil) {
        self.password = password
        self.code = code
    }
}
