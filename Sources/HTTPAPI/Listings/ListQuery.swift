internal import APIModel
internal import ControlPlane
internal import HummingbirdCore

/// What somebody wants of a listing.
struct ListQuery: Sendable, Equatable {
    var limit = Paging.standardLimit
    var cursor: Cursor?
    /// The whole order: what was asked for, then the listing's own.
    var order: [Listing.Order]
    /// Nil: all.
    var fields: Set<String>?
    /// By field.
    var filters: [String: String] = [:]

    /// Nothing was said of the order.
    private(set) var isOwnOrder = true

    /// Of parameters that are the listing's, each once (`requireParameters`).
    init(_ uri: URI, of listing: Listing) throws {
        let asked = Dictionary(uri.queryParameters.map { (String($0.key), String($0.value)) }) { first, _ in first }
        order = listing.order
        if let limit = asked["limit"] { self.limit = try Self.limit(limit) }
        if let sort = asked["sort"] {
            order = try Self.order(sort, of: listing)
            isOwnOrder = false
        }
        fields = try asked["fields"].map { try Self.fields($0, of: listing) }
        if let cursor = asked["cursor"], !cursor.isEmpty { self.cursor = try Self.cursor(cursor, in: order) }
        for filter in listing.filters {
            guard let value = asked[filter.name] else { continue }
            guard filter.schema.allows(value) else { throw ControlPlaneError.invalid("\(filter.name): \(filter.schema.expectation)") }
            filters[filter.name] = value
        }
    }

    private static func limit(_ text: String) throws -> Int {
        guard let limit = Int(text), Paging.limits.contains(limit) else { throw ControlPlaneError.invalid("limit must be from \(Paging.limits.lowerBound) to \(Paging.limits.upperBound)") }
        return limit
    }

    /// As wanted, then the listing's own, so that it stays total.
    private static func order(_ text: String, of listing: Listing) throws -> [Listing.Order] {
        let wanted = Listing.Order(text)
        guard listing.scalars.contains(where: { $0.name == wanted.field }) else { throw ControlPlaneError.invalid("sort: one of \(listing.scalars.map(\.name).joined(separator: ", ")), or with - before it") }
        return [wanted] + listing.order.filter { $0.field != wanted.field }
    }

    private static func fields(_ text: String, of listing: Listing) throws -> Set<String> {
        let names = Set(text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        guard names.isSubset(of: listing.element.fields.map(\.name)) else { throw ControlPlaneError.invalid("fields: of \(listing.element.fields.map(\.name).joined(separator: ","))") }
        return names
    }

    private static func cursor(_ text: String, in order: [Listing.Order]) throws -> Cursor {
        guard let cursor = Cursor(text), cursor.order == order.map(\.description) else { throw Cursor.foreign }
        return cursor
    }
}

extension Schema {
    /// Of a parameter's text.
    fileprivate func allows(_ value: String) -> Bool {
        switch self {
        case .text(let text): text.words.isEmpty || text.words.contains(value)
        case .integer(let range): Int64(value).map(range.contains) ?? false
        case .boolean: value == "true" || value == "false"
        case .list, .named, .either: false
        }
    }

    fileprivate var expectation: String {
        switch self {
        case .text(let text): "one of \(text.words.joined(separator: ", "))"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        default: "true or false"
        }
    }
}
