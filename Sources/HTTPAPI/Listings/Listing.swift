internal import APIModel
internal import ControlPlane

/// A listing that a route gives: what its elements are, and in what order they come.
struct Listing: Sendable {
    /// Of its elements in the answer: `{"vps": [ … ]}`.
    let name: String
    let element: Schema.Named
    /// Total: no two elements are alike in all of these.
    let order: [Order]
    /// Its elements are chosen where they are kept, by these fields only, and come in this order only.
    let chosenBy: [String]?

    /// By one of an element's fields.
    struct Order: Sendable, Equatable, CustomStringConvertible {
        let field: String
        let isDescending: Bool

        /// From "name", or "-name" for the other way round.
        init(_ text: String) {
            isDescending = text.hasPrefix("-")
            field = isDescending ? String(text.dropFirst()) : text
        }

        var description: String { isDescending ? "-\(field)" : field }
    }

    init<Element: Listed>(_ elements: Element.Type, of element: Schema.Named, by order: String..., chosenBy: [String]? = nil) {
        name = Element.plural
        self.element = element
        self.order = order.map(Order.init)
        self.chosenBy = chosenBy
    }

    /// What elements can be sorted and chosen by.
    var scalars: [Schema.Field] { element.fields.filter(\.schema.isScalar) }

    var filters: [Schema.Field] {
        scalars.filter { chosenBy?.contains($0.name) ?? true }.map { .optional($0.name, $0.schema.asFilter, "Only those of which this is so.") }
    }

    var query: [Schema.Field] {
        let orders = scalars.map(\.name).flatMap { [$0, "-\($0)"] }
        let sort = chosenBy == nil ? [Schema.Field.optional("sort", .text(.init(words: orders)), "By this field; with - the other way round. Left out: \(order.map(\.description).joined(separator: ", ")).")] : []
        let names = element.fields.map(\.name).joined(separator: "|")
        return [
            .optional("limit", .integer(Int64(Paging.limits.lowerBound)...Int64(Paging.limits.upperBound)), "How many at most. Left out: \(Paging.standardLimit)."),
            .optional("cursor", .text(.init(pattern: "^[A-Za-z0-9_-]*$", length: 0...4096)), "Where the page before ended: its `next`. Empty, or left out: the first page."),
        ] + sort + [.optional("fields", .text(.init(pattern: "^(?:\(names))(?:,(?:\(names)))*$")), "Only these of each element's fields, with commas between: \(element.fields.map(\.name).joined(separator: ","))")] + filters
    }

    var envelope: Schema.Named {
        Schema.Named("\(element.name)List", "A page.", [
            .init(name, .list(.either(.named(element), .named(element.sparse)))), .optional("next", .text(), "The cursor of the page after this one; left out: this is the last."),
        ])
    }
}

extension Schema.Named {
    /// As much of it as was asked for.
    fileprivate var sparse: Schema.Named { Schema.Named("Sparse\(name)", "\(name), or as many of its fields as were asked for.", fields.map { .optional($0.name, $0.schema, $0.says) }) }
}

extension Schema {
    fileprivate var isScalar: Bool {
        switch self {
        case .text, .integer, .boolean: true
        case .list, .named, .either: false
        }
    }

    /// Any text can be asked for, where it is not one of some words: there is nothing like it then.
    fileprivate var asFilter: Schema { if case .text(let text) = self, text.words.isEmpty { .text() } else { self } }
}

extension Listing {
    static let tenants = Listing(Tenant.self, of: .tenant, by: "name")
    static let plans = Listing(Plan.self, of: .plan, by: "name")
    static let templates = Listing(Template.self, of: .template, by: "name")
    static let vps = Listing(VPS.self, of: .vps, by: "tenant", "name")
    static let tokens = Listing(Token.self, of: .token, by: "-createdAt", "id")
    static let users = Listing(User.self, of: .user, by: "tenant", "name")
    static let webhooks = Listing(Webhook.self, of: .webhook, by: "tenant", "name")
    static let nodes = Listing(Node.self, of: .node, by: "name")
    static let addresses = Listing(AddressLease.self, of: .lease, by: "leasedAt", "address")
    static let holdings = Listing(AddressHolding.self, of: .holding, by: "-leasedAt", "address", "vpsID")
    static let events = Listing(Event.self, of: .event, by: "-id", chosenBy: ["subject", "kind", "actor"])
    /// Ordered by when they began, which no field says: the records find the place of an id.
    static let operations = Listing(Operation.self, of: .operation, by: "-id", chosenBy: ["subject", "kind", "status"])
}
