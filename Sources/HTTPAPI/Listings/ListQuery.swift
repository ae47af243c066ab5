internal import ControlPlane
internal import HummingbirdCore

/// What somebody wants of a listing.
struct ListQuery: Sendable, Equatable {
    var limit = Listing.standardLimit
    var cursor: Cursor?
    /// The whole order: what was asked for, then the listing's own.
    var order: [Listing.Order]
    /// Nil: all.
    var fields: Set<String>?
    /// By field.
    var filters: [String: String] = [:]

    /// Nothing was said of the order.
    private(set) var isOwnOrder = true

    /// `others`: parameters that are the route's business.
    init(_ uri: URI, of listing: Listing, beside others: Set<String> = []) throws {
        order = listing.order
        let known = others.union(listing.query.map(\.name))
        var text: [String: String] = [:]
        for (key, value) in uri.queryParameters {
            guard known.contains(String(key)) else { throw ControlPlaneError.invalid("unknown parameter; there are \(known.sorted().joined(separator: ", "))") }
            guard text.updateValue(String(value), forKey: String(key)) == nil else { throw ControlPlaneError.invalid("\(key) is there twice") }
        }
        if let asked = text["limit"] {
            guard let number = Int(asked), Listing.limits.contains(number) else { throw ControlPlaneError.invalid("limit must be from \(Listing.limits.lowerBound) to \(Listing.limits.upperBound)") }
            limit = number
        }
        if let sort = text["sort"] {
            let wanted = Listing.Order(sort)
            guard listing.scalars.contains(where: { $0.name == wanted.field }) else { throw ControlPlaneError.invalid("sort: one of \(listing.scalars.map(\.name).joined(separator: ", ")), or with - before it") }
            isOwnOrder = false
            order = [wanted] + listing.order.filter { $0.field != wanted.field }
        }
        if let asked = text["fields"] {
            let names = Set(asked.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
            guard !names.isEmpty, names.isSubset(of: listing.element.fields.map(\.name)) else { throw ControlPlaneError.invalid("fields: of \(listing.element.fields.map(\.name).joined(separator: ","))") }
            fields = names
        }
        if let asked = text["cursor"], !asked.isEmpty {
            guard let cursor = Cursor(asked), cursor.order == order.map(\.description) else { throw Cursor.foreign }
            self.cursor = cursor
        }
        for filter in listing.filters {
            guard let value = text[filter.name] else { continue }
            guard filter.schema.allows(value) else { throw ControlPlaneError.invalid("\(filter.name): \(filter.schema.expectation)") }
            filters[filter.name] = value
        }
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
