/// Why the settings can't be used. `description` names what is wrong, where, and what would be right.
package enum SettingsError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreadable(path: String, why: String)
    case notYAML(path: String, why: String)
    case unknownKey(String, line: Int?, nearest: String)
    case unknownVariable(String, nearest: String)
    case wrong(key: String, value: String, expected: String, source: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let why): "cannot read the settings \(path): \(why)"
        case .notYAML(let path, let why): "the settings \(path) are not YAML of sections and keys: \(why)"
        case .unknownKey(let key, let line, let nearest): "unknown key \(key)\(line.map { " in line \($0)" } ?? ""); the nearest that exists is \(nearest)"
        case .unknownVariable(let name, let nearest): "unknown environment variable \(name); the nearest that exists is \(nearest)"
        case .wrong(let key, let value, let expected, let source): "\(key) is \"\(value)\" (\(source)), but must be \(expected)"
        }
    }
}
