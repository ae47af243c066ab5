internal import ControlPlane
internal import Domain
internal import Foundation
internal import HummingbirdCore
internal import NodeModel

/// What an exec's or a console's address asks for.
enum StreamQuery {
    static let ticketField = Schema.Field.optional("ticket", .text(), "Instead of a token, for whoever can show no header.")

    static let execFields: [Schema.Field] = [
        ticketField,
        .init("command", .list(.text(.init(length: 0...65_536)), most: 1024), "The program and its arguments, one parameter each."), .optional("tty", .text(.init(words: ["0", "1"])), "1: with a terminal. Left out: 0."),
        .optional("rows", .integer(0...65_535), "Of the terminal. Left out: 24."), .optional("columns", .integer(0...65_535), "Left out: 80."),
    ]

    static func exec(_ uri: URI) throws -> ExecRequest {
        let query = uri.queryParameters
        for key in Set(query.map(\.key)) where !execFields.contains(where: { $0.name == key }) { throw ControlPlaneError.invalid("unknown parameter") }
        let command = query[values: "command"].map(String.init)
        guard command.count <= 1024, command.reduce(0, { $0 + $1.utf8.count }) <= 64 << 10 else { throw ControlPlaneError.invalid("the command is too long") }
        return ExecRequest(command: command, terminal: try terminal(query))
    }

    private static func terminal(_ query: FlatDictionary<Substring, Substring>) throws -> TerminalSize? {
        guard let tty = query["tty"], tty != "0" else { return nil }
        guard tty == "1" else { throw ControlPlaneError.invalid("tty is 0 or 1") }
        guard let rows = UInt16(query["rows"] ?? "24"), let columns = UInt16(query["columns"] ?? "80") else { throw ControlPlaneError.invalid("rows and columns are numbers up to 65535") }
        return TerminalSize(rows: rows, columns: columns)
    }

    /// Who shows a ticket in an address such as /v1/tenants/acme/vps/web1/console?ticket=roost_…; nil: nobody does.
    static func scope(_ address: String, from source: String?, _ plane: ControlPlane) throws -> Scope? {
        let uri = URI(address)
        guard let ticket = uri.queryParameters["ticket"] else { return nil }
        let parts = uri.path.split(separator: "/", omittingEmptySubsequences: false).map { $0.removingPercentEncoding ?? "" }
        guard parts.count == 7, let kind = StreamKind(rawValue: parts[6]) else { throw ControlPlaneError.invalid("this is no stream's address") }
        do { return try plane.redeemTicket(String(ticket), from: source, tenant: try name(parts[3], of: "tenant"), name: try name(parts[5], of: "VPS"), for: kind) } catch ControlPlaneError.unauthenticated(let why) {
            try plane.admitStranger(from: source)
            throw ControlPlaneError.unauthenticated(why)
        }
    }

    /// The request behind an address such as /v1/tenants/acme/vps/web1/exec?command=id, which `UpgradeCandidates` has let through.
    static func request(_ address: String, _ plane: ControlPlane, _ scope: Scope) async throws -> NodeRequest {
        let uri = URI(address)
        let parts = uri.path.split(separator: "/", omittingEmptySubsequences: false).map { $0.removingPercentEncoding ?? "" }
        guard parts.count == 7 else { throw ControlPlaneError.invalid("this is no stream's address") }
        let (tenant, vps) = (try name(parts[3], of: "tenant"), try name(parts[5], of: "VPS"))
        return parts[6] == "exec" ? try await plane.exec(scope, tenant: tenant, name: vps, try exec(uri)) : try await plane.console(scope, tenant: tenant, name: vps)
    }
}
