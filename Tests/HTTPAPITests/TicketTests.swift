internal import ControlPlane
internal import Domain
internal import Foundation
internal import HTTPTypes
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import Testing

@testable internal import HTTPAPI

@Suite(.timeLimit(.minutes(5)))
struct TicketTests {
    private static let console = "/v1/tenants/acme/vps/web1/console"

    private static func head(_ uri: String, origin: String? = "https://panel.example") -> HTTPRequestHead {
        var headers: HTTPHeaders = [
            "Upgrade": "websocket", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Protocol": StreamUpgrade.subprotocol,
        ]
        if let origin { headers.add(name: "Origin", value: origin) }
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: uri, headers: headers)
    }

    /// Nil: refused as nobody.
    private static func entered(_ plane: ControlPlane, _ uri: String) async throws -> Scope? {
        do { return try await BearerToken.scope(of: head(uri), on: EmbeddedChannel(), plane) } catch ControlPlaneError.unauthenticated { return nil }
    }

    private static func with(_ body: (ControlPlane, String, _ ticket: (String, String) async throws -> String) async throws -> Void) async throws {
        try await Served.running { served in
            let (_, token) = try await served.plane.createToken(.admin, try Name("panel"), of: try Name("acme"), TokenTerms(role: .member))
            let asker = Asker(served.plane)
            try await body(served.plane, token) { vps, stream in
                let answer = try await asker.ask("POST", "/v1/tenants/acme/vps/\(vps)/tickets", token: token, Data(#"{"stream":"\#(stream)"}"#.utf8))
                guard answer.status == 201, answer.headers[.cacheControl] == "no-store", let text = (try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])?["ticket"] as? String else {
                    throw ControlPlaneError.failed("\(answer)")
                }
                return text
            }
        }
    }

    @Test("A ticket lets its holder in once, as whoever asked for it")
    func once() async throws {
        try await Self.with { plane, token, ticket in
            let text = try await ticket("web1", "console")
            let scope = try #require(try await Self.entered(plane, "\(Self.console)?ticket=\(text)"))
            #expect(scope.tenant?.text == "acme" && scope.actor.contains("acme/panel"))
            #expect(try await Self.entered(plane, "\(Self.console)?ticket=\(text)") == nil)
            #expect(try await Self.entered(plane, Self.console)?.reach == .nothing)
        }
    }

    @Test("It is for one stream of one VPS, and no token", arguments: [
        ("another stream", "/v1/tenants/acme/vps/web1/exec?command=id&ticket="), ("another VPS", "/v1/tenants/acme/vps/web2/console?ticket="), ("another tenant", "/v1/tenants/other/vps/web1/console?ticket="),
    ])
    func bound(label: String, uri: String) async throws {
        try await Self.with { plane, _, ticket in
            let text = try await ticket("web1", "console")
            #expect(try await Self.entered(plane, uri + text) == nil, "\(label)")
            #expect(try await Self.entered(plane, "\(Self.console)?ticket=\(text)") == nil, "it is used up")
            let another = try await ticket("web1", "console")
            let asToken = try await Asker(plane).ask("GET", "/v1/tenants/acme", token: another)
            #expect(asToken.status == 401)
            for garbage in ["", "x", String(another.dropLast()), another + "0", another.replacing("roost_", with: "ROOST_")] { #expect(try await Self.entered(plane, "\(Self.console)?ticket=\(garbage)") == nil) }
        }
    }

    @Test("It ends with the token that it was asked for with")
    func revoked() async throws {
        try await Self.with { plane, token, ticket in
            let text = try await ticket("web1", "console")
            try await plane.revokeToken(.admin, of: nil, String(token.split(separator: "_")[1]))
            #expect(try await Self.entered(plane, "\(Self.console)?ticket=\(text)") == nil)
        }
    }

    @Test("A browser is let in with a ticket only; whoever is none needs no Origin")
    func origins() {
        for takesTickets in [true, false] {
            let candidates = UpgradeCandidates(takesTickets: takesTickets)
            #expect(!candidates.isCandidate(Self.head(Self.console)) && candidates.isCandidate(Self.head(Self.console, origin: nil)))
            #expect(candidates.isCandidate(Self.head("\(Self.console)?ticket=roost_x")) == takesTickets)
            #expect(!candidates.isCandidate(Self.head("\(Self.console)?a=ticket=roost_x")))
        }
    }
}
