/// Somebody who logs in with a password.
package struct User: Codable, Sendable, Equatable {
    package var name: String
    /// Of a tenant's user.
    package var tenant: String?
    package var role: String
    /// Whether he shows a code of his authenticator, too.
    package var hasTOTP: Bool
    package var createdAt: String
    package var createdBy: String

    package init(name: String, tenant: String?, role: String, hasTOTP: Bool, createdAt: String, createdBy: String) {
        self.name = name
        self.tenant = tenant
        self.role = role
        self.hasTOTP = hasTOTP
        self.createdAt = createdAt
        self.createdBy = createdBy
    }
}

package struct UserCreate: Codable, Sendable, Equatable {
    package var name: String
    /// admin or clerk, of the platform; owner, member or reader, of a tenant
    package var role: String
    package var password: String

    package init(name: String, role: String, password: String) {
        self.name = name
        self.role = role
        self.password = password
    }
}

/// What of somebody else is to be otherwise; what is left out stays.
package struct UserChange: Codable, Sendable, Equatable {
    package var password: String?
    /// He has lost his authenticator.
    package var removeTOTP: Bool?

    package init(password: String? = nil, removeTOTP: Bool? = nil) {
        self.password = password
        self.removeTOTP = removeTOTP
    }
}

/// What vouches for a user.
package struct SignOn: Codable, Sendable, Equatable {
    package var ticket: String

    package init(ticket: String) { self.ticket = ticket }
}

package struct SessionCreate: Codable, Sendable, Equatable {
    /// `alice` of the platform, `acme/alice` of a tenant.
    package var user: String
    package var password: String
    /// Of his authenticator, if he has one.
    package var code: String?

    package init(user: String, password: String, code: String? = nil) {
        self.user = user
        self.password = password
        self.code = code
    }
}

/// What of one's own is to be otherwise; what is left out stays.
package struct AccountChange: Codable, Sendable, Equatable {
    package var currentPassword: String
    /// Of one's authenticator, if one has one.
    package var code: String?
    package var password: String?
    package var totp: TOTP?
    package var removeTOTP: Bool?

    package init(currentPassword: String, code: String? = nil, password: String? = nil, totp: TOTP? = nil, removeTOTP: Bool? = nil) {
        self.currentPassword = currentPassword
        self.code = code
        self.password = password
        self.totp = totp
        self.removeTOTP = removeTOTP
    }

    /// A secret that an authenticator was told of, and its code now.
    package struct TOTP: Codable, Sendable, Equatable {
        package var secret: String
        package var code: String

        package init(secret: String, code: String) {
            self.secret = secret
            self.code = code
        }
    }
}
