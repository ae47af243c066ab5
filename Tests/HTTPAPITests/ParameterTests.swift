internal import ControlPlane
internal import HummingbirdCore
internal import Testing

@testable internal import HTTPAPI

@Suite(.timeLimit(.minutes(5)))
struct ParameterTests {
    private static let fields: [Schema.Field] = [.optional("limit", .count), .optional("dry_run", .boolean), .optional("command", .list(.text()))]

    @Test("What a route takes, each once unless it is a list", arguments: ["", "limit=1&dry_run=true", "command=ls&command=-l&limit=1", "dry_run"])
    func taken(query: String) {
        #expect(throws: Never.self) { try URI("/v1/things?\(query)").requireParameters(of: Self.fields) }
    }

    @Test("What a route does not take is refused", arguments: [
        ("colour=red", "unknown parameter; there are command, dry_run, limit"), ("Limit=1", "unknown parameter; there are command, dry_run, limit"), ("dry_ru%6E=1", "unknown parameter; there are command, dry_run, limit"), ("dry_run=1&dry_run=1", "dry_run is there twice"),
        ("limit=1&limit=1", "limit is there twice"), ("=1", "unknown parameter; there are command, dry_run, limit"),
    ])
    func refused(query: String, why: String) {
        #expect("\(query)") { try URI("/v1/things?\(query)").requireParameters(of: Self.fields) } throws: { if case .invalid(why) = $0 as? ControlPlaneError { true } else { false } }
    }

    @Test("One that takes none says so")
    func none() {
        #expect { try URI("/v1/things?a=1").requireParameters(of: []) } throws: { if case .invalid("unknown parameter; there are none") = $0 as? ControlPlaneError { true } else { false } }
    }
}
