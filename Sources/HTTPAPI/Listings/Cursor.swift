internal import ControlPlane
internal import Foundation

/// Where a page ended: the last element's values in the order's fields, and that order.
struct Cursor: Sendable, Equatable, Codable {
    var order: [String]
    var values: [JSON]

    init(order: [Listing.Order], values: [JSON]) {
        self.order = order.map(\.description)
        self.values = values
    }

    /// base64url (RFC 4648, 5) of JSON. Nil: it is none.
    init?(_ text: String) {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        guard text.utf8.count <= 4096, let data = Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)) else { return nil }
        guard JSON.depth(of: data) <= 2, let cursor = try? JSONDecoder().decode(Cursor.self, from: data), cursor.order.count == cursor.values.count else { return nil }  // anything else is none
        self = cursor
    }

    /// The last element's value in a field that the listing's order has.
    func number(_ field: String) throws -> Int64 { if case .whole(let number) = try value(field) { number } else { throw Self.foreign } }
    func text(_ field: String) throws -> String { if case .text(let text) = try value(field) { text } else { throw Self.foreign } }

    private func value(_ field: String) throws -> JSON {
        guard let index = order.firstIndex(where: { Listing.Order($0).field == field }) else { throw Self.foreign }
        return values[index]
    }

    static let foreign = ControlPlaneError.invalid("cursor: not the next of a page of this listing in this order")

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(self).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
