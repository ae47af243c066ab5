package import Domain
internal import Identity
package import Store

extension ControlPlane {
    /// By name. `tenant`: nil for all that there are.
    package func webhooks(_ scope: Scope, of tenant: Name?) async throws(ControlPlaneError) -> [WebhookRecord] {
        try scope.requireDelegation(of: tenant)
        return try await tried { try await store.webhooks(of: tenant).filter { scope.gives($0.terms) } }
    }

    /// `tenant`: nil for one of the platform.
    package func webhook(_ scope: Scope, _ name: Name, of tenant: Name?) async throws(ControlPlaneError) -> WebhookRecord {
        try scope.requireDelegation(of: tenant)
        guard scope.gives(WebhookRecord.terms(of: tenant)) else { throw .refused(.notFound(.webhook, name.text)) }
        return try await tried { try await store.webhook(name, of: tenant) }
    }

    /// Returns the secret's text too: it is shown now, and never again. `tenant`: nil for one of the platform, and all that happens.
    package func createWebhook(_ scope: Scope, _ name: Name, of tenant: Name?, to url: WebhookURL, _ kinds: [EventChoice]) async throws(ControlPlaneError) -> (WebhookRecord, secret: String) {
        try scope.requireDelegation(of: tenant)
        try scope.requireGiving(WebhookRecord.terms(of: tenant))
        let isPlatforms = scope.reach == .platform
        let reach = isPlatforms ? policy.webhookReach : policy.webhookReach.ofTenants
        guard url.isSecure || !reach.privateNetworks.isEmpty else { throw .refused(.wrongState("url: https only; without TLS only private networks are reached that roostd's settings name, and by the platform's own webhooks")) }
        // What a name leads to is looked at again and again, as it may change.
        if url.isAddress, !reach.admits(url.host, isSecure: url.isSecure) { throw .refused(.wrongState("url: an address that is not public, and in no private network that roostd's settings name")) }
        let secret = WebhookSecret.random()
        return (try await tried { try await store.createWebhook(name, of: tenant, to: url, kinds, secret: secret.bytes, isPlatforms: isPlatforms, by: scope.author) }, secret.text)
    }

    /// One that was given up is tried again from where it stopped.
    package func enableWebhook(_ scope: Scope, _ name: Name, of tenant: Name?) async throws(ControlPlaneError) -> WebhookRecord {
        _ = try await webhook(scope, name, of: tenant)
        return try await tried { try await store.enableWebhook(name, of: tenant, by: scope.author) }
    }

    /// From now on nothing more is sent there, but what is being sent.
    package func deleteWebhook(_ scope: Scope, _ name: Name, of tenant: Name?) async throws(ControlPlaneError) {
        _ = try await webhook(scope, name, of: tenant)
        try await tried { try await store.deleteWebhook(name, of: tenant, by: scope.author) }
    }
}

extension WebhookRecord {
    fileprivate var terms: TokenTerms { Self.terms(of: tenant) }

    /// What its receiver comes to know is what a token of these could show him.
    fileprivate static func terms(of tenant: Name?) -> TokenTerms { tenant == nil ? TokenTerms(role: .admin, verbs: [.administer]) : TokenTerms(role: .owner, verbs: [.delegate]) }
}
