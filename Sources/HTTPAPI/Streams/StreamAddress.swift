internal import ControlPlane
internal import Domain
internal import Foundation
internal import HummingbirdCore
internal import NodeModel

/// Of a stream that is to be opened: /v1/tenants/acme/vps/web1/exec?command=id, or …/console.
struct StreamAddress {
    let uri: URI
    let tenant: Name
    let vps: Name
    let kind: StreamKind

    init(_ text: String) throws {
        uri = URI(text)
        let parts = Self.parts(uri.path)
        guard let kind = Self.kind(parts) else { throw ControlPlaneError.invalid("this is no stream's address") }
        self.kind = kind
        tenant = try name(parts[3].removingPercentEncoding ?? "", of: "tenant")
        vps = try name(parts[5].removingPercentEncoding ?? "", of: "VPS")
    }

    /// Whether it has the form of one, whatever its names are.
    static func isOne(_ text: String) -> Bool { kind(parts(text.prefix { $0 != "?" })) != nil }

    /// Shown by whoever can show no header. Nil: there is none.
    static func ticket(_ text: String) -> String? { URI(text).queryParameters["ticket"].map(String.init) }

    /// What to ask the node for.
    func request(_ plane: ControlPlane, _ scope: Scope) async throws -> NodeRequest {
        try uri.requireParameters(of: kind == .exec ? StreamQuery.execFields : [StreamQuery.ticketField])
        return switch kind {
        case .exec: try await plane.exec(scope, tenant: tenant, name: vps, try StreamQuery.exec(uri))
        case .console: try await plane.console(scope, tenant: tenant, name: vps)
        }
    }

    private static func parts(_ path: some StringProtocol) -> [String] { path.split(separator: "/", omittingEmptySubsequences: false).map { String($0) } }

    private static func kind(_ parts: [String]) -> StreamKind? {
        guard parts.count == 7, parts[0] == "", parts[1] == "v1", parts[2] == "tenants", parts[4] == "vps" else { return nil }
        return StreamKind(rawValue: parts[6])
    }
}
