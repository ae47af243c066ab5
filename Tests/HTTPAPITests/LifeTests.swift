internal import APIModel
internal import ControlPlane
internal import FakeNode
internal import Foundation
internal import NodeModel
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct LifeTests {
    @Test("From a tenant to a running VPS and back to nothing")
    func life() async throws {
        try await Served.run { served in
            let http = served.http
            #expect(try await http.send("POST", "/v1/tenants", Served.tenant).status == 201)
            #expect(try await http.send("POST", "/v1/plans", Served.plan).status == 201)
            let created = try await http.send("POST", "/v1/tenants/acme/vps", Served.vps, headers: ["Prefer": "wait=10"])
            #expect(created.status == 200)
            #expect(created.headers["preference-applied"] == "wait=10")
            let operation = try JSONDecoder().decode(Operation.self, from: created.body)
            #expect(operation.status == "succeeded" && operation.progress == 100 && operation.kind == "vps.create" && operation.subject == "acme/web1")
            let vps = try #require(operation.vps)
            #expect(vps.state == "running" && vps.initPid != nil && vps.node == "local" && vps.desiredState == "running")
            #expect(vps.addresses.map { "\($0.family) \($0.address)/\($0.prefixLength)" } == ["ipv4 10.66.0.2/32", "ipv6 fd66:6006:0:1::1/64"])
            #expect(try await http.send("GET", "/v1/vps/\(vps.id)")["name"] == "web1")
            #expect(try await http.send("POST", "/v1/tenants/acme/vps/web1/stop", #"{"force":true}"#, headers: ["Prefer": "wait=10"])["status"] == "succeeded")
            #expect(try await http.send("GET", "/v1/tenants/acme/vps/web1")["state"] == "stopped")
            #expect(try await http.send("POST", "/v1/tenants/acme/vps/web1/start", headers: ["Prefer": "respond-async, wait=10"])["status"] == "succeeded")
            #expect(try await http.send("POST", "/v1/tenants/acme/vps/web1/restart", headers: ["Prefer": "wait=10"])["status"] == "succeeded")
            let node = try JSONDecoder().decode(ListPage<Node>.self, from: try await http.send("GET", "/v1/nodes").body).elements[0]
            #expect(node.status == "online" && node.sold.cpuMillicores == 500 && node.sellable.cpuMillicores == 8_000_000)
            #expect(try JSONDecoder().decode(ListPage<AddressLease>.self, from: try await http.send("GET", "/v1/addresses").body).elements.map(\.vps) == ["web1", "web1"])
            #expect(try await http.send("DELETE", "/v1/tenants/acme").code == "conflict")
            #expect(try await http.send("DELETE", "/v1/plans/small").code == "conflict")
            #expect(try await http.send("DELETE", "/v1/tenants/acme/vps/web1", headers: ["Prefer": "wait=10"])["status"] == "succeeded")
            #expect(try await http.send("GET", "/v1/tenants/acme/vps/web1").code == "not_found")
            #expect(try await http.send("DELETE", "/v1/tenants/acme").status == 204)
            #expect(try await http.send("DELETE", "/v1/plans/small").status == 204)
            let events = try JSONDecoder().decode(ListPage<Event>.self, from: try await http.send("GET", "/v1/events?limit=1000").body).elements.map(\.kind)
            #expect(events.first == "plan.deleted" && events.contains("vps.created") && events.contains("vps.deleted"))
        }
    }

    @Test("Without a wish to wait the answer is an operation that can be waited for")
    func accepted() async throws {
        try await Served.run { served in
            try await served.prepare()
            let answer = try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps)
            #expect(answer.status == 202)
            let location = try #require(answer.headers["location"])
            let ended = try await served.http.send("GET", location, headers: ["Prefer": "wait=10"])
            #expect(ended.status == 200 && ended["status"] == "succeeded" && ended.headers["preference-applied"] == "wait=10")
            #expect(try JSONDecoder().decode(ListPage<APIModel.Operation>.self, from: try await served.http.send("GET", "/v1/operations").body).elements.map(\.id) == [ended["id"]])
        }
    }

    @Test("A template is built, shown and deleted")
    func template() async throws {
        try await Served.run { served in
            let built = try await served.http.send("POST", "/v1/templates", #"{"name":"debian-12"}"#, headers: ["Prefer": "wait=10"])
            #expect(built["status"] == "succeeded")
            #expect(try await served.http.send("GET", "/v1/templates/debian-12")["digest"]?.count == 64)
            #expect(try await served.http.send("POST", "/v1/templates", #"{"name":"debian-12"}"#).code == "uniqueness_error")
            #expect(try await served.http.send("DELETE", "/v1/templates/debian-12").status == 204)
            #expect(try await served.http.send("GET", "/v1/templates/debian-12").code == "not_found")
        }
    }

    @Test("A tenant's ceilings change one by one")
    func quota() async throws {
        try await Served.run { served in
            try await served.prepare()
            let answer = try await served.http.send("PATCH", "/v1/tenants/acme", #"{"vps":9}"#)
            let tenant = try JSONDecoder().decode(Tenant.self, from: answer.body)
            #expect(tenant.quota.vps == 9 && tenant.quota.addresses == 10)
        }
    }

    @Test("Of 200 creations at once against a quota of 7, 7 succeed, and 7 VPSes exist on the node")
    func race() async throws {
        try await Served.run { served in
            try await served.prepare()
            let outcomes = try await withThrowingTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        let answer = try await served.http.send("POST", "/v1/tenants/acme/vps", #"{"name":"vps\#(number)","plan":"small","template":"busybox"}"#, headers: ["Prefer": "wait=30"])
                        return answer["status"] ?? answer.code ?? "\(answer.status)"
                    }
                }
                return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["succeeded": 7, "resource_limit_exceeded": 193])
            #expect(served.node.state.withLock { $0.vpses.count } == 7)
            #expect(try JSONDecoder().decode(ListPage<VPS>.self, from: try await served.http.send("GET", "/v1/vps").body).elements.count == 7)
            #expect(try JSONDecoder().decode(ListPage<AddressLease>.self, from: try await served.http.send("GET", "/v1/addresses").body).elements.count == 14)
        }
    }

    @Test("A denial says every dimension, with limit, used and requested")
    func denial() async throws {
        try await Served.run { served in
            _ = try await served.http.send("POST", "/v1/tenants", #"{"name":"acme","quota":{"vps":1,"cpuMillicores":499,"memoryBytes":268435455,"diskBytes":2147483648,"addresses":0}}"#)
            _ = try await served.http.send("POST", "/v1/plans", Served.plan)
            let answer = try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps)
            #expect(answer.status == 422)
            let problem = try JSONDecoder().decode(Problem.self, from: answer.body)
            #expect(
                problem.exceeded == [
                    Problem.Exceeded(resource: "cpuMillicores", limit: 499, used: 0, requested: 500), Problem.Exceeded(resource: "memoryBytes", limit: 268_435_455, used: 0, requested: 268_435_456),
                    Problem.Exceeded(resource: "addresses", limit: 0, used: 0, requested: 1),
                ])
        }
    }

    @Test("With the node away: creations fail, the state is unknown, the doctor says it")
    func away() async throws {
        try await Served.running(absence: .milliseconds(300)) { served in
            served.node.goAway()
            while try await served.http.send("GET", "/v1/tenants/acme/vps/web1")["state"] != "unknown" { try await Task.sleep(for: .milliseconds(2)) }
            #expect(try await served.http.send("GET", "/v1/tenants/acme/vps/web1/exec?command=id").code == "node_unavailable")
            served.node.before.withLock { $0 = { request throws(NodeLinkError) in if case .put = request { throw .interrupted("away") } } }
            let failed = try await served.http.send("POST", "/v1/tenants/acme/vps", #"{"name":"web2","plan":"small","template":"busybox"}"#, headers: ["Prefer": "wait=30"])
            let operation = try JSONDecoder().decode(Operation.self, from: failed.body)
            #expect(operation.status == "failed" && operation.error?.code == .nodeUnavailable)
        }
    }
}
