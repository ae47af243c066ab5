internal import ControlPlane
internal import Domain
internal import Foundation
internal import HummingbirdCore
internal import NodeModel

/// The parameters of an exec's or a console's address.
enum StreamQuery {
    static let ticketField = Schema.Field.optional("ticket", .text(), "Instead of a token, for whoever can show no header.")

    static let execFields: [Schema.Field] = [
        ticketField,
        .init("command", .list(.text(.init(length: 0...65_536)), most: 1024), "The program and its arguments, one parameter each."), .optional("tty", .text(.init(words: ["0", "1"])), "1: with a terminal. Left out: 0."),
        .optional("rows", .integer(0...65_535), "Of the terminal. Left out: 24."), .optional("columns", .integer(0...65_535), "Left out: 80."),
    ]

    static func exec(_ uri: URI) throws -> ExecRequest {
        let query = uri.queryParameters
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
}
