internal import Foundation
internal import Testing

@testable import Settings

struct SettingsTests {
    private func load(_ yaml: String, _ environment: [String: String] = [:]) throws -> Settings {
        try Settings.resolve(Settings.entries(yaml: yaml, path: "roost.yaml"), environment: environment)
    }

    @Test("Without a file everything is at its default")
    func defaults() throws {
        let settings = try load("")
        #expect(settings.api.socket == "/run/roost/api/roostd.sock")
        #expect(settings.api.database == "/var/lib/roost/control/roost.sqlite")
        #expect(settings.node.poolSize.count == 20 << 30)
        #expect(settings.node.idBase == 0x7000_0000)
        #expect(settings.addresses.ipv4 == ["10.66.0.0/16"])
    }

    @Test("Moving the folders moves what lies in them, unless that is said itself")
    func derived() throws {
        let settings = try load("paths: {state: /a, runtime: /b}\napi:\n  database: /c/d.sqlite\n")
        #expect(settings.api.socket == "/b/api/roostd.sock")
        #expect(settings.api.database == "/c/d.sqlite")
        #expect(settings.node.pool == "/a/pool")
        #expect(settings.node.poolFile == "/a/pool.xfs")
        #expect(settings.node.socket == "/b/node/node.sock")
    }

    @Test("The environment wins over the file")
    func environment() throws {
        let settings = try load("node: {poolSize: 1GiB}", ["ROOST_NODE_POOL_SIZE": "2GiB", "ROOST_PATHS_RUNTIME": "/x", "ROOST_ADDRESSES_IPV4": "10.0.0.0/24, 10.1.0.0/24", "ROOST_OVERCOMMIT_CPU": "2"])
        #expect(settings.node.poolSize.count == 2 << 30)
        #expect(settings.api.socket == "/x/api/roostd.sock")
        #expect(settings.addresses.ipv4 == ["10.0.0.0/24", "10.1.0.0/24"])
        #expect(settings.overcommit.cpu == 2)
    }

    @Test("Every key can be set by its variable, and is named in camelCase and UPPER_SNAKE")
    func variables() {
        #expect(Settings.keys.map(\.variable).contains("ROOST_NODE_INTERFACE_PREFIX"))
        #expect(Settings.keys.map(\.variable).contains("ROOST_ADDRESSES_NAME_SERVERS"))
        #expect(Set(Settings.keys.map(\.variable)).count == Settings.keys.count)
        #expect(Settings.keys.count == 30)
    }

    @Test(
        "What is wrong is named",
        arguments: [
            ("unknown key", "node:\n  poolsize: 1GiB", "unknown key node.poolsize in line 2; the nearest that exists is node.poolSize"),
            ("unknown section", "nod: {name: a}", "unknown key nod in line 1; the nearest that exists is node"),
            ("a size that is none", "node: {poolSize: lots}", "node.poolSize is \"lots\" (line 1 of roost.yaml), but must be a size of at least 512MiB, such as 20GiB"),
            ("a negative number", "node: {idSlots: -1}", "node.idSlots is \"-1\" (line 1 of roost.yaml), but must be a whole number from 2 to 65535"),
            ("a long prefix", "node: {interfacePrefix: roosts}", "node.interfacePrefix is \"roosts\" (line 1 of roost.yaml), but must be 1 to 5 of a–z, 0–9, - and _, a letter first"),
            ("a relative path", "paths: {state: var}", "paths.state is \"var\" (line 1 of roost.yaml), but must be an absolute path without . and .."),
            ("a list for a word", "node: {name: [a]}", "node.name is \"[a]\" (line 1 of roost.yaml), but must be 1 to 63 of a–z, 0–9, - and _, a letter first"),
        ])
    func wrong(label: String, yaml: String, message: String) {
        let error = #expect(throws: SettingsError.self, "\(label)") { try load(yaml) }
        #expect(error?.description == message)
    }

    @Test("A list at the top, a scalar section and a broken file are not settings", arguments: ["[a]", "node: 3", "a: [", "node: {name: a, name: b}"])
    func notYAML(text: String) {
        #expect(throws: SettingsError.self) { try load(text) }
    }

    @Test("An unknown variable of a section is refused; another program's is not")
    func unknownVariable() throws {
        #expect(throws: SettingsError.unknownVariable("ROOST_NODE_POOLSIZE", nearest: "ROOST_NODE_POOL_SIZE")) { try load("", ["ROOST_NODE_POOLSIZE": "1"]) }
        _ = try load("", ["ROOST_HOME": "1", "PATH": "/bin"])
    }

    @Test("A range of ids that leaves 32 bits, and a runtime folder too deep for a socket, are refused")
    func derivedLimits() {
        #expect(throws: SettingsError.self) { try load("node: {idBase: 4294836224, idSlots: 10}") }
        #expect(throws: SettingsError.self) { try load("paths: {runtime: /\(String(repeating: "x", count: 100))}") }
    }

    @Test("A file that was asked for must exist")
    func missing() {
        #expect(throws: SettingsError.self) { try Settings.load(path: "/nonexistent/roost.yaml", environment: [:]) }
        #expect(throws: SettingsError.self) { try Settings.load(path: nil, environment: ["ROOST_CONFIG": "/nonexistent/roost.yaml"]) }
    }

    @Test("A file is read from its path")
    func file() throws {
        let path = NSTemporaryDirectory() + "roost-settings-\(UUID().uuidString).yaml"
        try "node:\n  name: n1\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }  // best effort: a temporary file
        #expect(try Settings.load(path: path, environment: [:]).node.name == "n1")
    }

    @Test(
        "Sizes are read as people write them",
        arguments: [
            ("20GiB", 20 << 30), ("1", 1), ("0", 0), ("512 MiB", 512 << 20), ("1.5GiB", 3 << 29), ("1kb", 1000), ("2G", 2 << 30), ("0.1GB", 100_000_000),
            ("7EiB", nil), ("-1", nil), ("", nil), ("GiB", nil), ("0.3KiB", nil), ("9223372036854775808", nil), ("8388608TiB", nil), ("1.2.3GiB", nil), ("١GiB", nil),
        ] as [(String, Int64?)])
    func sizes(text: String, bytes: Int64?) {
        #expect(Bytes(text)?.count == bytes)
    }
}
