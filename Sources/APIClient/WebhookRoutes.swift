package import APIModel

extension RoostClient {
    /// `tenant`: nil for the platform's and everybody's.
    package func webhooks(of tenant: String?) async throws -> [Webhook] { try await all(RequestTarget.of(tenant, "webhooks")) }
    /// `tenant`: nil for a webhook of the platform, here and below.
    package func webhook(of tenant: String?, _ name: String) async throws -> Webhook { try await get(RequestTarget.of(tenant, "webhooks", name)) }
    package func createWebhook(of tenant: String?, _ request: WebhookCreate) async throws -> NewWebhook { try await post(RequestTarget.of(tenant, "webhooks"), request) }
    package func enableWebhook(of tenant: String?, _ name: String) async throws -> Webhook { try await post(RequestTarget.of(tenant, "webhooks", name, "enable")) }
    package func deleteWebhook(of tenant: String?, _ name: String) async throws { try await delete(RequestTarget.of(tenant, "webhooks", name)) }
}
