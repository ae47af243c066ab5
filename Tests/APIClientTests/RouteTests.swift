import APIClient
import APIModel
import APIServerFake
import Testing

@Suite("Routes") struct RouteTests {
    typealias Call = @Sendable (RoostClient) async throws -> Bool
    struct Row: Sendable, CustomTestStringConvertible {
        let asked: String
        let reply: Reply
        let call: Call
        var body = ""
        var wait: String?
        var testDescription: String { asked }
    }

    static let web1 = VPSName(tenant: "acme", name: "web1")
    static let operation = Reply.json(Samples.operation(), status: 202)
    static let rows: [Row] = [
        Row(asked: "GET /v1", reply: .json(ServerVersion(version: "1", api: "v1"))) { try await $0.version().api == "v1" },
        Row(asked: "GET /v1/tenants?limit=1000", reply: .json(ListPage([Samples.tenant]))) { try await $0.tenants() == [Samples.tenant] },
        Row(asked: "GET /v1/tenants/acme", reply: .json(Samples.tenant)) { try await $0.tenant("acme") == Samples.tenant },
        Row(asked: "POST /v1/tenants", reply: .json(Samples.tenant, status: 201), call: {
            try await $0.createTenant(TenantCreate(name: "a", quota: Quota(vps: 1, cpuMillicores: 0, memoryBytes: 0, diskBytes: 0, addresses: 0))) == Samples.tenant
        }, body: #""vps":1"#),
        Row(asked: "PATCH /v1/tenants/acme", reply: .json(Samples.tenant), call: { try await $0.changeTenant("acme", TenantChange(vps: 3)) == Samples.tenant }, body: #"{"vps":3}"#),
        Row(asked: "DELETE /v1/tenants/acme", reply: .empty) { try await $0.deleteTenant("acme"); return true },
        Row(asked: "GET /v1/plans?limit=1000", reply: .json(ListPage([Samples.plan]))) { try await $0.plans() == [Samples.plan] },
        Row(asked: "GET /v1/plans/small", reply: .json(Samples.plan)) { try await $0.plan("small") == Samples.plan },
        Row(asked: "POST /v1/plans", reply: .json(Samples.plan, status: 201), call: {
            try await $0.createPlan(PlanCreate(name: "small", cpuMillicores: 500, memoryBytes: 1, diskBytes: 1)) == Samples.plan
        }, body: #""cpuMillicores":500"#),
        Row(asked: "DELETE /v1/plans/small", reply: .empty) { try await $0.deletePlan("small"); return true },
        Row(asked: "GET /v1/templates?limit=1000", reply: .json(ListPage([Samples.template]))) { try await $0.templates() == [Samples.template] },
        Row(asked: "GET /v1/templates/debian-12", reply: .json(Samples.template)) { try await $0.template("debian-12") == Samples.template },
        Row(asked: "POST /v1/templates", reply: operation, call: { try await $0.buildTemplate(TemplateBuild(name: "busybox"), wait: 5).id == "op1" }, body: #"{"name":"busybox"}"#, wait: "wait=5"),
        Row(asked: "DELETE /v1/templates/busybox", reply: .json([String]())) { try await $0.deleteTemplate("busybox"); return true },
        Row(asked: "GET /v1/vps?limit=1000", reply: .json(ListPage([Samples.vps]))) { try await $0.vpses() == [Samples.vps] },
        Row(asked: "GET /v1/tenants/acme/vps?limit=1000", reply: .json(ListPage([Samples.vps]))) { try await $0.vpses(of: "acme") == [Samples.vps] },
        Row(asked: "GET /v1/tenants/acme/vps/web1", reply: .json(Samples.vps)) { try await $0.vps(web1) == Samples.vps },
        Row(asked: "POST /v1/tenants/acme/vps", reply: operation, call: {
            try await $0.createVPS(of: "acme", VPSCreate(name: "web1", plan: "small", template: "busybox"), wait: 1).vps == Samples.vps
        }, body: #""plan":"small""#, wait: "wait=1"),
        Row(asked: "DELETE /v1/tenants/acme/vps/web1", reply: operation, call: { try await $0.deleteVPS(web1).hasFinished }),
        Row(asked: "POST /v1/tenants/acme/vps/web1/start", reply: operation, call: { try await $0.change(.start, of: web1).hasFinished }, body: "{}"),
        Row(asked: "POST /v1/tenants/acme/vps/web1/stop", reply: operation, call: { try await $0.change(.stop, of: web1, PowerChange(force: true), wait: 1).hasFinished }, body: #"{"force":true}"#, wait: "wait=1"),
        Row(asked: "POST /v1/tenants/acme/vps/web1/restart", reply: operation, call: { try await $0.change(.restart, of: web1).hasFinished }, body: "{}"),
        Row(asked: "GET /v1/nodes?limit=1000", reply: .json(ListPage([Samples.node]))) { try await $0.nodes() == [Samples.node] },
        Row(asked: "GET /v1/addresses?limit=1000", reply: .json(ListPage([Samples.lease]))) { try await $0.addresses() == [Samples.lease] },
        Row(asked: "GET /v1/events?limit=3", reply: .json(ListPage([Samples.event]))) { try await $0.events(limit: 3) == [Samples.event] },
        Row(asked: "GET /v1/operations?limit=100", reply: .json(ListPage([Samples.operation()]))) { try await $0.operations() == [Samples.operation()] },
        Row(asked: "GET /v1/operations/op1", reply: .json(Samples.operation()), call: { try await $0.operation("op1", wait: 2) == Samples.operation() }, wait: "wait=2"),
        Row(asked: "POST /v1/operations/op1/cancel", reply: .json(Samples.operation())) { try await $0.cancelOperation("op1") == Samples.operation() },
        Row(asked: "GET /v1/events?subject=acme%2Fweb1&limit=100", reply: .json(ListPage([Samples.event]))) { try await $0.events(subject: "acme/web1") == [Samples.event] },
        Row(asked: "GET /v1/tenants/acme/events?subject=acme&limit=2", reply: .json(ListPage([Samples.event]))) { try await $0.events(of: "acme", limit: 2, subject: "acme") == [Samples.event] },
        Row(asked: "GET /v1/tenants/acme/operations?limit=100", reply: .json(ListPage<Operation>([]))) { try await $0.operations(of: "acme").isEmpty },
        Row(asked: "GET /v1/events/verdict?head=00", reply: .json(EventVerdict(isWhole: true, events: 7, head: "ff", brokenAt: nil))) { try await $0.verifyEvents(head: "00").events == 7 },
        Row(asked: "GET /v1/addresses/fd66%3A%3A1/holdings?at=2027-01-31T00%3A00%3A00Z&limit=1000", reply: .json(ListPage<AddressHolding>([]))) { try await $0.holdings(of: "fd66::1", at: "2027-01-31T00:00:00Z").isEmpty },
        Row(asked: "PUT /v1/tenants/acme/suspensions/billing", reply: .json(Samples.tenant), call: { try await $0.suspend(tenant: "acme", for: "billing", SuspensionPut(detail: "x")) == Samples.tenant }, body: #"{"detail":"x"}"#),
        Row(asked: "DELETE /v1/tenants/acme/suspensions/billing", reply: .empty) { try await $0.unsuspend(tenant: "acme", from: "billing"); return true },
        Row(asked: "PUT /v1/tenants/acme/vps/web1/suspensions/abuse", reply: .json(Samples.vps), call: { try await $0.suspend(web1, for: "abuse", SuspensionPut()) == Samples.vps }, body: "{}"),
        Row(asked: "DELETE /v1/tenants/acme/vps/web1/suspensions/abuse", reply: .empty) { try await $0.unsuspend(web1, from: "abuse"); return true },
        Row(asked: "PATCH /v1/tenants/acme/vps/web1", reply: operation, call: { try await $0.changeVPS(web1, VPSChange(plan: "large"), wait: 1).hasFinished }, body: #"{"plan":"large"}"#, wait: "wait=1"),
        Row(asked: "PUT /v1/tenants/acme/vps/web1/password", reply: .empty, call: { try await $0.setRootPassword(of: web1, "correct horse"); return true }, body: #"{"password":"correct horse"}"#),
        Row(asked: "GET /v1/users?limit=1000", reply: .json(ListPage([Samples.user]))) { try await $0.users(of: nil) == [Samples.user] },
        Row(asked: "POST /v1/tenants/acme/users", reply: .json(Samples.user, status: 201), call: { try await $0.createUser(of: "acme", UserCreate(name: "alice", role: "owner", password: "correct horse")) == Samples.user }, body: #""role":"owner""#),
        Row(asked: "PATCH /v1/tenants/acme/users/alice", reply: .json(Samples.user), call: { try await $0.changeUser(of: "acme", "alice", UserChange(removeTOTP: true)) == Samples.user }, body: #"{"removeTOTP":true}"#),
        Row(asked: "DELETE /v1/users/alice", reply: .empty) { try await $0.deleteUser(of: nil, "alice"); return true },
        Row(asked: "GET /v1/webhooks?limit=1000", reply: .json(ListPage([Samples.webhook]))) { try await $0.webhooks(of: nil) == [Samples.webhook] },
        Row(asked: "GET /v1/tenants/acme/webhooks/panel", reply: .json(Samples.webhook)) { try await $0.webhook(of: "acme", "panel") == Samples.webhook },
        Row(asked: "POST /v1/tenants/acme/webhooks", reply: .json(NewWebhook(webhook: Samples.webhook, secret: "s"), status: 201), call: { try await $0.createWebhook(of: "acme", WebhookCreate(name: "panel", url: "https://a", kinds: ["vps."])).secret == "s" }, body: #""kinds":["vps."]"#),
        Row(asked: "POST /v1/tenants/acme/webhooks/panel/enable", reply: .json(Samples.webhook)) { try await $0.enableWebhook(of: "acme", "panel") == Samples.webhook },
        Row(asked: "DELETE /v1/webhooks/panel", reply: .empty) { try await $0.deleteWebhook(of: nil, "panel"); return true },
        Row(asked: "POST /v1/sessions", reply: .json(NewToken(token: Samples.token, secret: "s"), status: 201), call: { try await $0.openSession(SessionCreate(user: "acme/alice", password: "correct horse", code: "123456")).secret == "s" }, body: #""code":"123456""#),
        Row(asked: "PATCH /v1/caller", reply: .json(Samples.user), call: { try await $0.changeAccount(AccountChange(currentPassword: "correct horse", code: "1", totp: .init(secret: "A", code: "1"))) == Samples.user }, body: #""totp":{"#),
        Row(asked: "DELETE /v1/caller", reply: .empty) { try await $0.endSession(); return true },
        Row(asked: "GET /v1/doctor", reply: .json(DoctorReport(checks: Samples.checks))) { try await $0.doctor() == Samples.checks },
    ]

    @Test("each function asks for its route and understands the answer", arguments: rows)
    func route(row: Row) async throws {
        try await FakeServer.with(answering: { _ in row.reply }) { server in
            let isRight = try await row.call(RoostClient(server.endpoint))
            #expect(isRight)
            #expect(server.requests.map { "\($0.method) \($0.target)" } == [row.asked])
            #expect(server.requests.first?.body.contains(row.body) == true || row.body.isEmpty)
            #expect(server.requests.first?.wait == row.wait)
        }
    }
}
