internal import APIModel
internal import Foundation
internal import Testing

@testable internal import HTTPAPI

struct RouteTests {
    @Test("Every route is listed here with who may come")
    func access() {
        #expect(
            Route.all.map { "\($0.method) \($0.path): \($0.access)" }.sorted() == [
                "POST /v1/sessions: anyone", "POST /v1/sign-ons: anyone", "POST /v1/tenants/:tenant/users/:user/sign-ons: platform administer or reseller sell", "PATCH /v1/caller: caller", "DELETE /v1/caller: caller", "GET /v1/users: platform administer", "POST /v1/users: platform administer",
                "PATCH /v1/users/:user: platform administer", "DELETE /v1/users/:user: platform administer", "GET /v1/tenants/:tenant/users: tenant delegate", "POST /v1/tenants/:tenant/users: tenant delegate",
                "PATCH /v1/tenants/:tenant/users/:user: tenant delegate", "DELETE /v1/tenants/:tenant/users/:user: tenant delegate",
                "GET /v1/webhooks: platform administer", "POST /v1/webhooks/:webhook/enable: platform administer", "POST /v1/tenants/:tenant/webhooks/:webhook/enable: tenant delegate", "POST /v1/webhooks: platform administer", "GET /v1/webhooks/:webhook: platform administer", "DELETE /v1/webhooks/:webhook: platform administer",
                "GET /v1/tenants/:tenant/webhooks: tenant delegate", "POST /v1/tenants/:tenant/webhooks: tenant delegate", "GET /v1/tenants/:tenant/webhooks/:webhook: tenant delegate", "DELETE /v1/tenants/:tenant/webhooks/:webhook: tenant delegate",
                "DELETE /v1/plans/:plan: platform administer", "DELETE /v1/templates/:template: platform administer",
                "DELETE /v1/tenants/:tenant/tokens/:token: tenant delegate", "DELETE /v1/tenants/:tenant/vps/:name: tenant manage",
                "DELETE /v1/tenants/:tenant/suspensions/:reason: platform bill or reseller sell", "DELETE /v1/tenants/:tenant/vps/:name/suspensions/:reason: platform bill or reseller sell",
                "PATCH /v1/tenants/:tenant/vps/:name: tenant manage", "PUT /v1/tenants/:tenant/vps/:name/password: tenant access",
                "PUT /v1/tenants/:tenant/suspensions/:reason: platform bill or reseller sell", "PUT /v1/tenants/:tenant/vps/:name/suspensions/:reason: platform bill or reseller sell",
                "DELETE /v1/tenants/:tenant: platform administer or reseller sell", "DELETE /v1/tokens/:token: platform administer",
                "GET /v1/addresses: platform administer", "GET /v1/caller: caller", "GET /v1/doctor: platform administer", "GET /v1/events: platform administer",
                "GET /v1/events/verdict: platform administer", "GET /v1/addresses/:address/holdings: platform administer",
                "GET /v1/nodes: platform administer", "GET /v1/openapi.json: anyone", "GET /v1/operations/:id: caller", "POST /v1/operations/:id/cancel: caller", "GET /v1/operations: platform administer",
                "GET /v1/plans/:plan: caller", "GET /v1/plans: caller", "GET /v1/templates/:template: caller", "GET /v1/templates: caller",
                "GET /v1/tenants/:tenant/tokens: tenant delegate", "GET /v1/tenants/:tenant/events: tenant read", "GET /v1/changes: platform administer", "GET /v1/tenants/:tenant/changes: tenant read", "GET /v1/tenants/:tenant/operations: tenant read", "GET /v1/tenants/:tenant/vps/:name/console: tenant access",
                "GET /v1/tenants/:tenant/vps/:name/exec: tenant access", "GET /v1/tenants/:tenant/vps/:name: tenant read",
                "GET /v1/tenants/:tenant/vps: tenant read", "GET /v1/tenants/:tenant: tenant read", "GET /v1/tenants: platform read or reseller read",
                "GET /v1/tokens: platform administer", "GET /v1/vps/:id: platform administer", "GET /v1/vps: caller", "GET /v1: anyone",
                "PATCH /v1/tenants/:tenant: platform administer or reseller sell", "POST /v1/plans: platform administer", "POST /v1/templates: platform administer",
                "POST /v1/tenants/:tenant/tokens: tenant delegate", "POST /v1/tenants/:tenant/vps/:name/restart: tenant power",
                "POST /v1/tenants/:tenant/vps/:name/start: tenant power", "POST /v1/tenants/:tenant/vps/:name/stop: tenant power",
                "POST /v1/tenants/:tenant/vps: tenant manage", "POST /v1/tenants: platform administer or reseller sell", "POST /v1/tenants/:tenant/vps/:name/tickets: tenant access", "POST /v1/tokens: platform administer",
            ].sorted())
    }

    @Test("The fields that are taken are the fields that there are")
    func fields() throws {
        let quota = Quota(vps: 1, cpuMillicores: 1, memoryBytes: 1, diskBytes: 1, addresses: 1)
        try same(TenantCreate(name: "a", quota: quota, externalID: "a", reseller: "a", isReseller: true))
        try same(TenantChange(vps: 1, cpuMillicores: 1, memoryBytes: 1, diskBytes: 1, addresses: 1, isReseller: true))
        try same(PlanCreate(name: "a", cpuMillicores: 1, memoryBytes: 1, diskBytes: 1, swapBytes: 1, processes: 1, nesting: true))
        try same(TemplateBuild(name: "a"))
        try same(VPSCreate(name: "a", plan: "a", template: "a", sshKeys: ["a"], start: true, externalID: "a"))
        try same(TokenCreate(name: "a", role: "owner", verbs: ["read"], vps: ["a"], sources: ["a"], expiresAt: "a"))
        try same(WebhookCreate(name: "a", url: "a", kinds: ["a"]))
        try same(PowerChange(force: true))
        try same(SuspensionPut(detail: "a"))
        try same(VPSChange(plan: "a"))
        try same(PasswordPut(password: "a"))
        try same(TicketCreate(stream: "console"))
        try same(UserCreate(name: "a", role: "owner", password: "a"))
        try same(UserChange(password: "a", removeTOTP: true))
        try same(SignOn(ticket: "a"))
        try same(SessionCreate(user: "a", password: "a", code: "a"))
        try same(AccountChange(currentPassword: "a", code: "a", password: "a", totp: .init(secret: "a", code: "a"), removeTOTP: true))
    }

    private func same<Body: RequestBody & Encodable>(_ full: Body) throws {
        let value = try JSONDecoder().decode(JSON.self, from: try JSONEncoder().encode(full))
        #expect(Schema.named(Body.schema).problem(in: value) == nil)
        guard case .object(let there) = value else {
            Issue.record("no object")
            return
        }
        #expect(Set(Body.schema.fields.map(\.name)) == Set(there.keys))
    }
}
