internal import Foundation

extension Settings {
    /// The file at `path`, or at $ROOST_CONFIG, or at the default place, where alone it may be missing; then the environment
    /// over it. Every key of it and every ROOST_<SECTION>_<KEY> must be known.
    package static func load(path: String?, environment: [String: String]) throws(SettingsError) -> Settings {
        let chosen = path ?? environment["ROOST_CONFIG"]
        let file = chosen ?? defaultPath
        if chosen == nil, !FileManager.default.fileExists(atPath: file) { return try resolve([], environment: environment) }
        let text: String
        do { text = try String(contentsOfFile: file, encoding: .utf8) } catch { throw .unreadable(path: file, why: error.localizedDescription) }
        return try resolve(entries(yaml: text, path: file), environment: environment)
    }

    /// `paths` first, as other defaults follow from it; the environment after the file.
    static func resolve(_ file: [Entry], environment: [String: String]) throws(SettingsError) -> Settings {
        let entries = file + (try variables(environment))
        var settings = Settings()
        for entry in entries where entry.key.section == "paths" { try entry.apply(to: &settings) }
        settings = Settings(paths: settings.paths)
        for entry in entries where entry.key.section != "paths" { try entry.apply(to: &settings) }
        try settings.checkDerived()
        return settings
    }

    /// A long runtime folder makes a default socket's path too long.
    private func checkDerived() throws(SettingsError) {
        for (key, value) in [("api.socket", api.socket), ("node.socket", node.socket)] where value.utf8.count > 107 {
            throw .wrong(key: key, value: value, expected: "at most 107 bytes: shorten paths.runtime", source: "from paths.runtime")
        }
        let end = UInt64(node.idBase) + UInt64(node.idSlots) * 65_536
        guard end <= UInt64(UInt32.max) else {
            throw .wrong(key: "node.idSlots", value: "\(node.idSlots)", expected: "so few that idBase + idSlots × 65536 stays below 2^32", source: "with idBase \(node.idBase)")
        }
    }

    private static func variables(_ environment: [String: String]) throws(SettingsError) -> [Entry] {
        var entries: [Entry] = []
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("ROOST_") && name != "ROOST_CONFIG" {
            if let key = keys.first(where: { $0.variable == name }) {
                entries.append(Entry(key: key, value: .scalar(value), source: "environment variable \(name)"))
            } else if Set(keys.map { "ROOST_\($0.section.uppercased())_" }).contains(where: name.hasPrefix) {  // others may be another program's
                throw .unknownVariable(name, nearest: nearest(to: name, among: keys.map(\.variable)))
            }
        }
        return entries
    }

    struct Entry {
        let key: SettingsKey
        let value: SettingsValue
        let source: String

        func apply(to settings: inout Settings) throws(SettingsError) {
            guard key.take(&settings, value) else { throw .wrong(key: key.path, value: value.text, expected: key.expected, source: source) }
        }
    }
}
