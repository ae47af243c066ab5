/// Of elements, those that were asked for. Pure.
struct Page: Equatable {
    var elements: [JSON]
    /// Nil: it is the last.
    var next: Cursor?

    /// `elements`: all that there are, in the listing's own order; if nothing else is asked for, only those of the page are looked at, and a few to find it.
    static func of(_ elements: some RandomAccessCollection<some Encodable>, _ query: ListQuery) throws -> Page {
        guard query.isOwnOrder, query.filters.isEmpty else { return sorted(try elements.map { try JSON(encoding: $0) }, query) }
        var (first, end) = (0, query.cursor == nil ? 0 : elements.count)
        while first < end {
            let middle = (first + end) / 2
            let isAfter = try precedes(query.cursor?.values ?? [], JSON(encoding: elements[elements.index(elements.startIndex, offsetBy: middle)]).values(query.order), query.order)
            (first, end) = isAfter ? (first, middle) : (middle + 1, end)
        }
        return cut(try elements.dropFirst(first).prefix(query.limit).map { try JSON(encoding: $0) }, isLast: elements.count - first <= query.limit, query)
    }

    /// `elements`: one more than was asked for, if there are so many, from where the cursor is.
    static func cut(_ elements: [some Encodable], _ query: ListQuery) throws -> Page {
        cut(try elements.prefix(query.limit).map { try JSON(encoding: $0) }, isLast: elements.count <= query.limit, query)
    }

    private static func cut(_ page: [JSON], isLast: Bool, _ query: ListQuery) -> Page {
        Page(elements: page.map { $0.only(query.fields) }, next: isLast ? nil : page.last.map { Cursor(order: query.order, values: $0.values(query.order)) })
    }

    /// `elements`: all that there are, in any order.
    static func sorted(_ elements: [JSON], _ query: ListQuery) -> Page {
        let chosen = elements.filter { element in query.filters.allSatisfy { element[$0].text == $1 } }.map { (values: $0.values(query.order), element: $0) }
        let sorted = chosen.sorted { precedes($0.values, $1.values, query.order) }
        let rest = query.cursor.map { cursor in sorted.drop { !precedes(cursor.values, $0.values, query.order) } } ?? sorted[...]
        return cut(rest.prefix(query.limit).map(\.element), isLast: rest.count <= query.limit, query)
    }

    private static func precedes(_ left: [JSON], _ right: [JSON], _ order: [Listing.Order]) -> Bool {
        for (index, order) in order.enumerated() where left[index] != right[index] { return left[index].precedes(right[index]) != order.isDescending }
        return false
    }
}

extension JSON {
    subscript(_ field: String) -> JSON { if case .object(let fields) = self { fields[field] ?? .null } else { .null } }

    func values(_ order: [Listing.Order]) -> [JSON] { order.map { self[$0.field] } }

    /// `wanted`: nil for all.
    func only(_ wanted: Set<String>?) -> JSON {
        guard let wanted, case .object(let fields) = self else { return self }
        return .object(fields.filter { wanted.contains($0.key) })
    }

    /// As a parameter has it. Nil: it is no scalar.
    fileprivate var text: String? {
        switch self {
        case .text(let text): text
        case .whole(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .number, .null, .list, .object: nil
        }
    }

    /// What is not there comes first, then numbers, then texts by their bytes: an order of all values, whatever a cursor holds.
    fileprivate func precedes(_ other: JSON) -> Bool {
        switch (self, other) {
        case (.whole(let left), .whole(let right)): left < right
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.boolean(let left), .boolean(let right)): !left && right
        default: rank < other.rank
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .boolean: 1
        case .whole: 2
        case .number: 3
        case .text: 4
        case .list: 5
        case .object: 6
        }
    }
}
