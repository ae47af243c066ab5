/// One key of the file: the only place that knows its name, what it takes and where it goes.
package struct SettingsKey: Sendable {
    package let section: String
    package let name: String
    /// For messages: "must be …".
    package let expected: String
    /// False: not such a value.
    let take: @Sendable (inout Settings, SettingsValue) -> Bool

    package var path: String { "\(section).\(name)" }
    /// ROOST_<SECTION>_<KEY>; camelCase becomes UPPER_SNAKE.
    package var variable: String { "ROOST_" + Self.upperSnake(section) + "_" + Self.upperSnake(name) }

    private static func upperSnake(_ text: String) -> String {
        text.reduce(into: "") { result, character in result += (character.isUppercase ? "_" : "") + character.uppercased() }
    }
}

typealias Field<Value> = any WritableKeyPath<Settings, Value> & Sendable

enum SettingsValue: Sendable, Equatable {
    case scalar(String)
    case list([String])

    var text: String {
        switch self {
        case .scalar(let text): text
        case .list(let items): "[\(items.joined(separator: ", "))]"
        }
    }
}

extension SettingsKey {
    static func path(_ section: String, _ name: String, _ field: Field<String>) -> SettingsKey {
        text(section, name, field, "an absolute path without . and ..") { $0.hasPrefix("/") && !$0.contains("\0") && $0.split(separator: "/").allSatisfy { $0 != "." && $0 != ".." } }
    }

    /// Linux's `sockaddr_un` holds 107 bytes and a NUL (unix(7)).
    static func socket(_ section: String, _ name: String, _ field: Field<String>) -> SettingsKey {
        text(section, name, field, "an absolute path of at most 107 bytes, as a unix socket's is") { $0.hasPrefix("/") && $0.utf8.count <= 107 && !$0.contains("\0") }
    }

    static func listener(_ section: String, _ name: String, _ field: Field<Listener?>) -> SettingsKey {
        SettingsKey(section: section, name: name, expected: "an address and a port, such as 0.0.0.0:8443 or [::]:8443, or nothing") { settings, value in
            guard case .scalar(let text) = value else { return false }
            settings[keyPath: field] = Listener(text)
            return text.isEmpty || settings[keyPath: field] != nil
        }
    }

    static func word(_ section: String, _ name: String, _ field: Field<String>, atMost limit: Int) -> SettingsKey {
        text(section, name, field, "1 to \(limit) of a–z, 0–9, - and _, a letter first") { text in
            (1...limit).contains(text.utf8.count) && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 } && text.first.map { $0.isLetter } == true
        }
    }

    static func text(_ section: String, _ name: String, _ field: Field<String>, _ expected: String, _ valid: @escaping @Sendable (String) -> Bool) -> SettingsKey {
        SettingsKey(section: section, name: name, expected: expected) { settings, value in
            guard case .scalar(let text) = value, valid(text) else { return false }
            settings[keyPath: field] = text
            return true
        }
    }

    static func list(_ section: String, _ name: String, _ field: Field<[String]>, _ expected: String) -> SettingsKey {
        SettingsKey(section: section, name: name, expected: expected) { settings, value in
            switch value {
            case .list(let items): settings[keyPath: field] = items
            case .scalar(let text): settings[keyPath: field] = text.split(separator: ",").map { String($0.filter { $0 != " " }) }
            }
            return settings[keyPath: field].allSatisfy { !$0.isEmpty }
        }
    }

    static func ratio(_ section: String, _ name: String, _ field: Field<Double>) -> SettingsKey {
        SettingsKey(section: section, name: name, expected: "a ratio from 0.01 to 1000") { settings, value in
            guard case .scalar(let text) = value, let number = Double(text), (0.01...1000).contains(number) else { return false }
            settings[keyPath: field] = number
            return true
        }
    }

    static func number<Number: FixedWidthInteger & Sendable>(_ section: String, _ name: String, _ field: Field<Number>, _ range: ClosedRange<Number>) -> SettingsKey {
        SettingsKey(section: section, name: name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { settings, value in
            guard case .scalar(let text) = value, let number = Number(text), range.contains(number) else { return false }
            settings[keyPath: field] = number
            return true
        }
    }

    static func size(_ section: String, _ name: String, _ field: Field<Bytes>, atLeast least: Bytes) -> SettingsKey {
        SettingsKey(section: section, name: name, expected: "a size of at least \(least), such as 20GiB") { settings, value in
            guard case .scalar(let text) = value, let size = Bytes(text), size.count >= least.count else { return false }
            settings[keyPath: field] = size
            return true
        }
    }
}
