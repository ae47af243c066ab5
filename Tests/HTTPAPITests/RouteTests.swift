internal import APIModel
internal import Foundation
internal import Testing

@testable internal import HTTPAPI

struct RouteTests {
    @Test("Every route is listed here with who may come")
    func access() {
        #expect(
            Route.all.map { "\($0.method) \($0.path): \($0.access)" }.sorted() == [
                "DELETE /v1/plans/:plan: admin", "DELETE /v1/templates/:template: admin", "DELETE /v1/tenants/:tenant/vps/:name: tenant", "DELETE /v1/tenants/:tenant: admin",
                "GET /v1/addresses: admin", "GET /v1/doctor: admin", "GET /v1/events: admin", "GET /v1/nodes: admin", "GET /v1/operations/:id: admin", "GET /v1/operations: admin",
                "GET /v1/plans/:plan: anyone", "GET /v1/plans: anyone", "GET /v1/templates/:template: anyone", "GET /v1/templates: anyone",
                "GET /v1/tenants/:tenant/vps/:name/console: tenant", "GET /v1/tenants/:tenant/vps/:name/exec: tenant", "GET /v1/tenants/:tenant/vps/:name: tenant",
                "GET /v1/tenants/:tenant/vps: tenant", "GET /v1/tenants/:tenant: tenant", "GET /v1/tenants: admin", "GET /v1/vps/:id: admin", "GET /v1/vps: admin", "GET /v1: anyone",
                "PATCH /v1/tenants/:tenant: admin", "POST /v1/plans: admin", "POST /v1/templates: admin", "POST /v1/tenants/:tenant/vps/:name/restart: tenant",
                "POST /v1/tenants/:tenant/vps/:name/start: tenant", "POST /v1/tenants/:tenant/vps/:name/stop: tenant", "POST /v1/tenants/:tenant/vps: tenant", "POST /v1/tenants: admin",
            ].sorted())
    }

    @Test("The fields that are taken are the fields that there are")
    func fields() throws {
        let quota = Quota(vps: 1, cpuMillicores: 1, memoryBytes: 1, diskBytes: 1, addresses: 1)
        try same(TenantCreate(name: "a", quota: quota))
        try same(TenantChange(vps: 1, cpuMillicores: 1, memoryBytes: 1, diskBytes: 1, addresses: 1))
        try same(PlanCreate(name: "a", cpuMillicores: 1, memoryBytes: 1, diskBytes: 1, swapBytes: 1, processes: 1, nesting: true))
        try same(TemplateBuild(name: "a"))
        try same(VPSCreate(name: "a", plan: "a", template: "a", sshKeys: ["a"], start: true))
        try same(PowerChange(force: true))
    }

    private func same<Body: RequestBody & Encodable>(_ full: Body) throws {
        let shape = try JSONDecoder().decode(Shape.self, from: try JSONEncoder().encode(full))
        #expect(shape.unknown(Body.fields) == nil)
        guard case .object(let known) = Body.fields, case .object(let there) = shape else {
            Issue.record("no object")
            return
        }
        #expect(Set(known.keys) == Set(there.keys))
    }
}
