/// What a JSON value may be: JSON Schema 2020-12, as far as the API needs it. Requests are held to its form, what texts and numbers may say is for those who know what they mean, and it is published.
indirect enum Schema: Sendable {
    case text(Text = Text())
    case integer(ClosedRange<Int64>)
    case boolean
    case list(Schema, least: Int = 0, most: Int? = nil)
    case named(Named)
    /// The one or the other; the second allows all that the first does.
    case either(Schema, Schema)

    struct Text: Sendable {
        var pattern: String?
        /// As JSON Schema names them: date-time, ipv4 …
        var format: String?
        var length: ClosedRange<Int>?
        /// Only these; empty: any.
        var words: [String] = []
    }

    /// An object with these fields.
    struct Named: Sendable {
        let name: String
        let says: String
        let fields: [Field]
        /// Other fields may be there, too.
        let isOpen: Bool

        init(_ name: String, _ says: String, _ fields: [Field], isOpen: Bool = false) {
            self.name = name
            self.says = says
            self.fields = fields
            self.isOpen = isOpen
        }
    }

    struct Field: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
        let says: String

        init(_ name: String, _ schema: Schema, _ says: String = "", isRequired: Bool = true) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
            self.says = says
        }

        static func optional(_ name: String, _ schema: Schema, _ says: String = "") -> Field { Field(name, schema, says, isRequired: false) }
    }
}

extension Schema {
    /// What is wrong with the form of a value, and where; nil: nothing. What a text says and how large a number is are for those to
    /// judge who know what it means.
    func problem(in value: JSON, at path: String = "") -> String? {
        switch (self, value) {
        case (.text, .text), (.integer, .whole), (.boolean, .boolean): nil
        case (.list(_, let least, let most), .list(let values)) where values.count < least || most.map { values.count > $0 } == true:
            "\(Self.place(path)) must have \(most.map { "from \(least) to \($0)" } ?? "at least \(least)") elements"
        case (.list(let element, _, _), .list(let values)): values.enumerated().lazy.compactMap { element.problem(in: $1, at: Self.join(path, "\($0)")) }.first
        case (.named(let object), .object(let values)): object.problem(in: values, at: path)
        case (.either(_, let wider), _): wider.problem(in: value, at: path)
        case (_, .null): "\(Self.place(path)) is null; leave it out instead"
        default: "\(Self.place(path)) must be \(words)"
        }
    }

    private var words: String {
        switch self {
        case .text: "a string"
        case .integer: "a whole number of at most 64 bits"
        case .boolean: "true or false"
        case .list: "a list"
        case .named, .either: "an object"
        }
    }

    fileprivate static func place(_ path: String) -> String { path.isEmpty ? "the body" : "the field \(path)" }
    fileprivate static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

extension Schema.Named {
    fileprivate func problem(in values: [String: JSON], at path: String) -> String? {
        let known = Dictionary(fields.map { ($0.name, $0) }) { $1 }
        if !isOpen, let unknown = values.keys.filter({ known[$0] == nil }).min() { return "unknown field \(Schema.join(path, unknown).debugDescription)" }
        for field in fields {
            let place = Schema.join(path, field.name)
            if let value = values[field.name] {
                if let problem = field.schema.problem(in: value, at: place) { return problem }
            } else if field.isRequired {
                return "the field \(place) is missing"
            }
        }
        return nil
    }
}

extension Schema {
    var published: JSON {
        switch self {
        case .text(let text): text.published
        case .integer(let range): ["type": "integer", "format": "int64", "minimum": .whole(range.lowerBound), "maximum": .whole(range.upperBound)]
        case .boolean: ["type": "boolean"]
        case .list(let element, let least, let most):
            JSON.object(["type": "array", "items": element.published]).with("minItems", least == 0 ? nil : .whole(Int64(least))).with("maxItems", most.map { .whole(Int64($0)) })
        case .named(let object): ["$ref": .text("#/components/schemas/\(object.name)")]
        case .either(let first, let second): ["anyOf": .list([first.published, second.published])]
        }
    }

    /// Every object that it names, itself and further in.
    var objects: [Named] {
        switch self {
        case .text, .integer, .boolean: []
        case .list(let element, _, _): element.objects
        case .either(let first, let second): first.objects + second.objects
        case .named(let object): [object] + object.fields.flatMap(\.schema.objects)
        }
    }
}

extension Schema.Text {
    fileprivate var published: JSON {
        JSON.object(["type": "string"]).with("pattern", pattern.map(JSON.text)).with("format", format.map(JSON.text)).with("enum", words.isEmpty ? nil : .list(words.map(JSON.text)))
            .with("minLength", length.map { .whole(Int64($0.lowerBound)) }).with("maxLength", length.map { .whole(Int64($0.upperBound)) })
    }
}

extension Schema.Named {
    var published: JSON {
        var properties: [String: JSON] = [:]
        for field in fields { properties[field.name] = field.schema.published.with("description", field.says.isEmpty ? nil : .text(field.says)) }
        return [
            "type": "object", "description": .text(says), "properties": .object(properties), "required": .list(fields.filter(\.isRequired).map { .text($0.name) }), "additionalProperties": .boolean(isOpen),
        ]
    }
}

extension JSON {
    /// Of an object: with one field more, if there is a value for it.
    func with(_ name: String, _ value: JSON?) -> JSON {
        guard let value, case .object(var fields) = self else { return self }
        fields[name] = value
        return .object(fields)
    }
}
