/// What comes in listings, and what an answer calls its elements.
package protocol Listed: Codable, Sendable {
    static var plural: String { get }
}

extension Tenant: Listed { package static var plural: String { "tenants" } }
extension Plan: Listed { package static var plural: String { "plans" } }
extension Template: Listed { package static var plural: String { "templates" } }
extension VPS: Listed { package static var plural: String { "vps" } }
extension Operation: Listed { package static var plural: String { "operations" } }
extension Token: Listed { package static var plural: String { "tokens" } }
extension User: Listed { package static var plural: String { "users" } }
extension Webhook: Listed { package static var plural: String { "webhooks" } }
extension Node: Listed { package static var plural: String { "nodes" } }
extension AddressLease: Listed { package static var plural: String { "addresses" } }
extension AddressHolding: Listed { package static var plural: String { "holdings" } }
extension Event: Listed { package static var plural: String { "events" } }

/// A page of a listing: `{"vps": [ … ], "next": "…"}`.
package struct ListPage<Element: Listed>: Codable, Sendable {
    package var elements: [Element]
    /// The cursor of the page after this one; nil: this is the last.
    package var next: String?

    package init(_ elements: [Element], next: String? = nil) {
        self.elements = elements
        self.next = next
    }

    private struct FieldName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }

        static var elements: FieldName { FieldName(stringValue: Element.plural) }
        static var next: FieldName { FieldName(stringValue: "next") }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: FieldName.self)
        elements = try container.decode([Element].self, forKey: .elements)
        next = try container.decodeIfPresent(String.self, forKey: .next)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: FieldName.self)
        try container.encode(elements, forKey: .elements)
        try container.encodeIfPresent(next, forKey: .next)
    }
}

/// How much of a listing comes at once.
package enum Paging {
    package static let limits = 1...1000
    /// Where nothing else is said.
    package static let standardLimit = 100
}
