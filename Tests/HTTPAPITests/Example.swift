internal import Foundation

@testable internal import HTTPAPI

/// A body that a schema allows, for tests that are made from the API's description.
enum Example {
    static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1nRy5ADP7ClHEHUgrcMLXGZcPQ7HeYPsbFeTjqYcDi"
    private static let texts = [
        "name": "example", "plan": "small", "template": "busybox", "sshKeys": key, "verbs": "read", "vps": "web1", "sources": "10.0.0.0/8", "expiresAt": "2099-01-01T00:00:00Z", "detail": "invoice 17", "externalID": "whmcs-17", "password": "correct horse", "stream": "console", "user": "alice", "currentPassword": "correct horse", "code": "123456",
        "reseller": "agent", "ticket": "roost_0123456789abcdef_" + String(repeating: "0a", count: 32),
        "url": "https://example.com/hook", "kinds": "vps.",
        "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    ]

    struct NoneFor: Error { let field: String }

    static func body(_ schema: Schema.Named, role: String) throws -> [String: Any] {
        try schema.fields.reduce(into: [:]) { $0[$1.name] = try value($1.schema, $1.name, role) }
    }

    private static func value(_ schema: Schema, _ field: String, _ role: String) throws -> Any {
        switch schema {
        case .text:
            guard let text = field == "role" ? role : texts[field] else { throw NoneFor(field: field) }
            return text
        case .integer(let range): return max(range.lowerBound, min(range.upperBound, 1 << 30))
        case .boolean: return false
        case .list(let element, _, _): return [try value(element, field, role)]
        case .named(let object): return try body(object, role: role)
        case .either(let first, _): return try value(first, field, role)
        }
    }

    /// All texts in a body, and their places: "name", "quota.name", "sshKeys.0".
    static func texts(_ schema: Schema, at path: [String] = []) -> [(place: [String], text: Schema.Text)] {
        switch schema {
        case .text(let text): [(path, text)]
        case .integer, .boolean: []
        case .list(let element, _, _): texts(element, at: path + ["0"])
        case .named(let object): object.fields.flatMap { texts($0.schema, at: path + [$0.name]) }
        case .either(let first, _): texts(first, at: path)
        }
    }

    static func putting(_ text: Any, at path: ArraySlice<String>, of value: Any) -> Any {
        guard let first = path.first else { return text }
        if var list = value as? [Any] {
            list[0] = putting(text, at: path.dropFirst(), of: list[0])
            return list
        }
        var object = value as? [String: Any] ?? [:]
        object[first] = putting(text, at: path.dropFirst(), of: object[first] ?? "")
        return object
    }
}

extension Schema.Text {
    /// As a client of the published description finds it. No hostile text is a time.
    func allows(_ text: String) throws -> Bool {
        guard format == nil, words.isEmpty || words.contains(text), length?.contains(text.unicodeScalars.count) ?? true else { return false }
        return try pattern.map { try Regex($0).matchingSemantics(.unicodeScalar).wholeMatch(in: text) != nil } ?? true
    }
}
