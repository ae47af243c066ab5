internal import ControlPlane
internal import Domain
internal import Foundation
internal import Testing

@testable internal import HTTPAPI

@Suite(.timeLimit(.minutes(5)))
struct OnceTests {
    private static let key = ["Idempotency-Key": "order-4711"]

    @Test("A repetition gets the first answer, and nothing is done again")
    func repeated() async throws {
        try await Served.run { served in
            let first = try await served.http.send("POST", "/v1/tenants", Served.tenant, headers: Self.key)
            _ = try await served.http.send("PATCH", "/v1/tenants/acme", #"{"vps":3}"#)
            let again = try await served.http.send("POST", "/v1/tenants", Served.tenant, headers: Self.key)
            #expect(first.status == 201 && again.status == 201 && again.body == first.body)
            let other = try await served.http.send("POST", "/v1/tenants", Served.tenant, headers: ["Idempotency-Key": "order-4712"])
            #expect(other.code == "uniqueness_error", "another key is another request")
            let different = try await served.http.send("POST", "/v1/tenants", Served.tenant.replacing("acme", with: "other"), headers: Self.key)
            #expect(different.status == 409 && different.code == "conflict")
            #expect(try await served.http.send("GET", "/v1/tenants/other").status == 404)
        }
    }

    @Test("A repetition of what takes long gets the operation that it began")
    func operation() async throws {
        try await Served.run { served in
            try await served.prepare()
            let first = try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps, headers: Self.key)
            let again = try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps, headers: Self.key.merging(["Prefer": "wait=10"]) { $1 })
            #expect(first.status == 202 && again.status == 200 && first["id"] != nil && first["id"] == again["id"])
            #expect(try await served.plane.vpses(.admin, tenant: nil).count == 1)
            _ = try await served.http.send("DELETE", "/v1/tenants/acme/vps/web1", headers: ["Prefer": "wait=10"])
            #expect(try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps, headers: Self.key)["id"] == first["id"], "it stays done")
            #expect(try await served.plane.vpses(.admin, tenant: nil).isEmpty)
        }
    }

    @Test("What was refused can be asked again with the same key")
    func refused() async throws {
        try await Served.run { served in
            #expect(try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps, headers: Self.key).status == 404)
            try await served.prepare()
            #expect(try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps, headers: Self.key).status == 202)
        }
    }

    @Test("Fifty at once with one key make one VPS")
    func atOnce() async throws {
        try await Served.run { served in
            try await served.prepare()
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<50 { group.addTask { try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps, headers: Self.key)["id"] } }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(ids.count == 1 && ids.first != .some(nil))
            #expect(try await served.plane.vpses(.admin, tenant: nil).count == 1)
        }
    }

    @Test("A token that is asked for twice is made once, and its secret is kept nowhere")
    func secrets() async throws {
        try await Served.run { served in
            let token = #"{"name":"panel","role":"admin"}"#
            let first = try await served.http.send("POST", "/v1/tokens", token, headers: Self.key)
            let secret = try #require(first["secret"])
            let again = try await served.http.send("POST", "/v1/tokens", token, headers: Self.key)
            #expect(first.status == 201 && again.status == 409 && !String(decoding: again.body, as: UTF8.self).contains(secret))
            #expect(try await served.plane.tokens(.admin, of: nil).count == 1)
        }
    }

    @Test("So is a webhook's")
    func webhookSecrets() async throws {
        try await Served.run { served in
            try await served.prepare()
            let webhook = #"{"name":"panel","url":"https://example.com/hook"}"#
            let first = try await served.http.send("POST", "/v1/tenants/acme/webhooks", webhook, headers: Self.key)
            let secret = try #require(first["secret"])
            let again = try await served.http.send("POST", "/v1/tenants/acme/webhooks", webhook, headers: Self.key)
            #expect(first.status == 201 && first.headers["cache-control"] == "no-store" && again.status == 409 && !String(decoding: again.body, as: UTF8.self).contains(secret))
            for path in ["/v1/webhooks", "/v1/tenants/acme/webhooks/panel", "/v1/events"] { #expect(!String(decoding: try await served.http.send("GET", path).body, as: UTF8.self).contains(secret), "\(path)") }
        }
    }

    @Test("What is no key is refused", arguments: ["", " ", "with space", "ü", String(repeating: "k", count: 256)])
    func invalid(key: String) async throws {
        try await Served.run { served in
            let answer = try await served.http.send("POST", "/v1/tenants", Served.tenant, headers: ["Idempotency-Key": key])
            #expect(answer.status == 400 && answer.code == "invalid_input", "\(key)")
            #expect(try await served.plane.tenants(.admin).isEmpty)
        }
    }
}
