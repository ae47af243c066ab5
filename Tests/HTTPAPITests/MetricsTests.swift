internal import ControlPlane
internal import Domain
internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import Testing

@testable internal import HTTPAPI

@Suite(.timeLimit(.minutes(5)))
struct MetricsTests {
    @Test("The text is as Prometheus reads it")
    func exposition() {
        var text = Exposition()
        text.add("a", .gauge, "An a.", 1.5)
        text.add("b_total", .counter, "Some b.", [([("x", "1\"2\\3\n4"), ("y", "z")], 7), ([], 0)])
        #expect(text.text == """
            # HELP a An a.
            # TYPE a gauge
            a 1.5
            # HELP b_total Some b.
            # TYPE b_total counter
            b_total{x="1\\"2\\\\3\\n4",y="z"} 7
            b_total 0

            """)
    }

    @Test("What is asked is counted by its route, and what no route has under one name")
    func counted() async throws {
        try await Served.running { served in
            let counter = RequestCounter()
            let asker = Asker(served.plane, counting: counter)
            let (_, token) = try await served.plane.createToken(.admin, try Name("t"), of: nil, TokenTerms(role: .admin))
            for path in ["/v1/tenants/acme", "/v1/tenants/acme", "/v1/tenants/other", "/v1/nothing/\(UUID())", "/elsewhere"] { _ = try await asker.ask("GET", path, token: token) }
            _ = try await asker.ask("BREW", "/v1/plans", token: token)
            let counts = counter.all.map { "\($0.method) \($0.route ?? "none") \($0.status): \($1.count)" }
            #expect(counts == ["GET /v1/tenants/{tenant} 200: 2", "GET /v1/tenants/{tenant} 404: 1", "GET NotFound 404: 2", "other NotFound 405: 1"], "\(counts)")
        }
    }

    @Test("Figures are served in plain HTTP, and tell nothing of any tenant")
    func served() async throws {
        try await Served.running { served in
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let daemon = ServiceGroup(configuration: ServiceGroupConfiguration(services: [MetricsAPI.application(served.plane, RequestCounter(), host: "127.0.0.1", port: 0, logger: logger) { port.yield($0) }], logger: logger))
            try await withThrowingTaskGroup { group in
                group.addTask { try await daemon.run() }
                var found = ports.makeAsyncIterator()
                let said = try await Network.run(["curl", "-sS", "--max-time", "10", "http://127.0.0.1:\(try #require(await found.next()))/metrics"])
                await daemon.triggerGracefulShutdown()
                try await group.next()
                #expect(said.contains("roost_vps{state=\"running\"} 1\n") && said.contains("roost_node_up{node=\"local\"} 1\n") && said.contains("roost_node_sold{node=\"local\",resource=\"memory\"} 268435456\n"), "\(said)")
                #expect(!said.contains("acme") && !said.contains("web1"))
            }
        }
    }
}
