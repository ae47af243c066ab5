internal import FakeNode
internal import Foundation
internal import NodeModel
internal import Synchronization
internal import Testing

@testable internal import HTTPAPI

/// If-Match, If-None-Match and dry_run.
@Suite(.timeLimit(.minutes(5)))
struct TermsTests {
    @Test("What has not changed is not sent again", arguments: ["/v1/tenants/acme", "/v1/plans/small", "/v1/templates/busybox", "/v1/tenants/acme/vps/web1"])
    func known(path: String) async throws {
        try await Served.running { served in
            let first = try await served.http.send("GET", path)
            let tag = try #require(first.headers["etag"])
            let again = try await served.http.send("GET", path, headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.body.isEmpty && again.headers["etag"] == tag)
            #expect(try await served.http.send("GET", path, headers: ["If-None-Match": "\"0123456789abcdef-0123456789abcdef\""]).status == 200)
            #expect(try await served.http.send("GET", path, headers: ["If-None-Match": "W/\(tag), \"somebody's\""]).status == 304)
            for nonsense in ["nonsense", "\"a", tag + ","] { #expect(try await served.http.send("GET", path, headers: ["If-None-Match": nonsense]).status == 400, "\(nonsense)") }
        }
    }

    @Test("Of two who change what both have seen, one is told that it has changed")
    func lostUpdate() async throws {
        try await Served.running { served in
            let tag = try #require(try await served.http.send("GET", "/v1/tenants/acme").headers["etag"])
            let first = try await served.http.send("PATCH", "/v1/tenants/acme", #"{"vps":8}"#, headers: ["If-Match": tag])
            #expect(first.status == 200 && first.headers["etag"] != tag)
            let second = try await served.http.send("PATCH", "/v1/tenants/acme", #"{"vps":9}"#, headers: ["If-Match": tag])
            #expect(second.status == 412 && second.code == "precondition_failed")
            #expect(try await served.http.send("PATCH", "/v1/tenants/acme", #"{"vps":9}"#, headers: ["If-Match": "\(tag), \(first.headers["etag"] ?? "")"]).status == 200)
            #expect(try await served.http.send("PATCH", "/v1/tenants/acme", #"{"vps":9}"#, headers: ["If-Match": "*"]).status == 200)
            let now = try #require(try await served.http.send("GET", "/v1/tenants/acme").headers["etag"])
            for other in ["W/\(now)", "\"somebody's\"", ""] { #expect(try await served.http.send("PATCH", "/v1/tenants/acme", #"{"vps":9}"#, headers: ["If-Match": other]).status == 412, "\(other)") }
        }
    }

    @Test("Every conditional route holds to a tag that is not so any more, and does nothing")
    func stale() async throws {
        try await Served.running { served in
            let stale = ["If-Match": "\"0123456789abcdef-0123456789abcdef\""]
            var seen = 0
            for route in Route.all where route.takesIfMatch {
                let path = route.path.replacing(":tenant", with: "acme").replacing(":name", with: "web1").replacing(":plan", with: "small").replacing(":template", with: "busybox").replacing(":reason", with: "billing")
                let body = try route.takes.map { String(decoding: try JSONSerialization.data(withJSONObject: Example.body($0, role: "owner")), as: UTF8.self) }
                let answer = try await served.http.send(route.method, path, body, headers: stale)
                #expect(answer.status == 412, "\(route.id): \(answer.status) \(answer.json)")
                seen += 1
            }
            #expect(seen >= 10)
            #expect(try await served.http.send("GET", "/v1/tenants/acme/vps/web1")["state"] == "running")
            #expect(try await served.http.send("POST", "/v1/plans", Served.plan.replacing("small", with: "large"), headers: stale).status == 400, "what is not there yet cannot have changed")
        }
    }

    @Test("A rehearsal says whether it would be done, and does nothing")
    func rehearsal() async throws {
        try await Served.running { served in
            let before = try await served.http.send("GET", "/v1/events?limit=1").body
            let asked = served.node.state.withLock { $0.requests.count { if case .put = $0 { true } else if case .remove = $0 { true } else if case .removeTemplate = $0 { true } else { false } } }
            for (method, path, body, status) in [
                ("POST", "/v1/tenants", Served.tenant.replacing("acme", with: "globex"), 204), ("POST", "/v1/tenants", Served.tenant, 409), ("PATCH", "/v1/tenants/acme", #"{"vps":1}"#, 204),
                ("DELETE", "/v1/tenants/acme", nil, 409), ("POST", "/v1/plans", Served.plan.replacing("small", with: "large"), 204), ("DELETE", "/v1/plans/small", nil, 409),
                ("POST", "/v1/templates", #"{"name":"debian-12"}"#, 204), ("DELETE", "/v1/templates/busybox", nil, 204), ("DELETE", "/v1/templates/none", nil, 404),
                ("POST", "/v1/tenants/acme/vps", Served.vps.replacing("web1", with: "web2"), 204), ("POST", "/v1/tenants/acme/vps", Served.vps, 409), ("DELETE", "/v1/tenants/acme/vps/web1", nil, 204),
                ("POST", "/v1/tenants/acme/vps/web1/stop", nil, 204), ("POST", "/v1/tenants/acme/vps/web1/restart", nil, 204), ("PUT", "/v1/tenants/acme/suspensions/abuse", "{}", 204),
                ("POST", "/v1/webhooks", #"{"name":"a","url":"https://example.com"}"#, 204), ("DELETE", "/v1/tenants/acme/webhooks/none", nil, 404),
                ("POST", "/v1/tokens", #"{"name":"a","role":"admin"}"#, 204), ("POST", "/v1/tenants/acme/tokens", #"{"name":"a","role":"owner"}"#, 204),
            ] as [(String, String, String?, Int)] {
                for headers in [[:], method == "POST" ? ["Idempotency-Key": "key"] : [:]] {
                    let answer = try await served.http.send(method, path + "?dry_run=true", body, headers: headers)
                    #expect(answer.status == status, "\(method) \(path): \(answer.status) \(answer.json)")
                }
            }
            #expect(try await served.http.send("GET", "/v1/events?limit=1").body == before)
            #expect(try await served.http.send("GET", "/v1/tokens").json["tokens"] as? [String] == [])
            #expect(served.node.state.withLock { $0.requests.count { if case .put = $0 { true } else if case .remove = $0 { true } else if case .removeTemplate = $0 { true } else { false } } } == asked)
            #expect(try await served.http.send("POST", "/v1/plans?dry_run=perhaps", Served.plan).status == 400)
            #expect(try await served.http.send("POST", "/v1/plans?dry_run=false", Served.plan.replacing("small", with: "large")).status == 201)
        }
    }
}
