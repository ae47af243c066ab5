import Foundation
import Testing

/// A whole Roost of a test's own: state, sockets, cgroup, interfaces, firewall table and id range beside every other on
/// the machine; the built programs as installed ones are run, roostd as a user without any right.
final class Platform: @unchecked Sendable {  // used by one test at a time; `daemons` behind its lock
    static let roostdUser = "61234"
    let folder: String
    let tag: String
    private let lock = NSLock()
    private var daemons: [String: Process] = [:]

    static let programs = Bundle.main.executableURL.map { $0.deletingLastPathComponent() }.flatMap(findPrograms) ?? URL(filePath: ".build/debug")

    /// The test runner is beside the programs, or some folders below.
    private static func findPrograms(_ start: URL) -> URL? {
        if let given = ProcessInfo.processInfo.environment["ROOST_TEST_PROGRAMS"] { return URL(filePath: given) }
        let candidates = [start, source.appending(path: ".build/debug")]
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.appending(path: "roost-node").path()) }
    }

    static let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let recipes = ProcessInfo.processInfo.environment["ROOST_TEST_RECIPES"] ?? source.appending(path: "templates").path()

    init(slot: Int, pool: String) throws {
        tag = "rtx\(slot)"
        folder = "/var/tmp/roost-test-\(tag)-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: "\(folder)/state/control", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: "\(folder)/run/api", withIntermediateDirectories: true)
        try """
        paths: {state: \(folder)/state, runtime: \(folder)/run, templates: \(Self.recipes)}
        node: {owner: "\(Self.roostdUser)", warden: \(Self.programs.appending(path: "roost-warden").path()), poolSize: \(pool), cgroup: \(tag), interfacePrefix: \(tag), table: \(tag), idBase: \(1_879_048_192 + slot * 16_777_216), idSlots: 250}
        addresses: {ipv4: ["10.\(100 + slot).0.0/16"], ipv6: ["fd66:6006:\(slot)::/48"], nameServers: ["10.\(100 + slot).0.1"]}
        """.write(toFile: "\(folder)/roost.yaml", atomically: true, encoding: .utf8)
        for owned in ["\(folder)/state/control", "\(folder)/run/api"] { try run("chown", ["\(Self.roostdUser):\(Self.roostdUser)", owned]) }
        do {
            try start("roost-node")
            try start("roostd")
        } catch {
            _ = try? tearDown()  // the reason why it did not start counts
            throw error
        }
    }

    var socket: String { "\(folder)/run/api/roostd.sock" }

    // MARK: Daemons

    func start(_ name: String) throws {
        let process = Process()
        let program = Self.programs.appending(path: name).path()
        let command = name == "roostd" ? ["setpriv", "--reuid", Self.roostdUser, "--regid", Self.roostdUser, "--clear-groups", "--no-new-privs", "--bounding-set=-all", program] : [program]
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command + ["--config", "\(folder)/roost.yaml"]
        let log = "\(folder)/\(name).log"
        if !FileManager.default.fileExists(atPath: log) { _ = FileManager.default.createFile(atPath: log, contents: nil) }
        let handle = try #require(FileHandle(forWritingAtPath: log))
        handle.seekToEndOfFile()
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        lock.withLock { daemons[name] = process }
        let hasBegun = eventually { !process.isRunning || (name == "roostd" ? (try? roost("node", "list", "--output", "json"))?.output.contains("online") == true : FileManager.default.fileExists(atPath: "\(folder)/run/node/node.sock")) }
        if !hasBegun || !process.isRunning { throw NotStarted(name: name, log: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "") }
    }

    struct NotStarted: Error { var name: String; var log: String }

    /// The node again, with other recipes.
    func restartNode(recipes: String) throws {
        let path = "\(folder)/roost.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(of: "templates: \(Self.recipes)}", with: "templates: \(recipes)}")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        kill("roost-node")
        try start("roost-node")
        if !eventually({ (try? roost("node", "list", "--output", "json"))?.output.contains("online") == true }) { throw NotStarted(name: "roost-node", log: logs) }
    }

    /// Outright, as a crash does.
    func kill(_ name: String) {
        guard let process = lock.withLock({ daemons.removeValue(forKey: name) }) else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        if name == "roost-node" { try? FileManager.default.removeItem(atPath: "\(folder)/run/node/node.sock") }  // so that a start is seen
    }

    func pid(_ name: String) -> Int32? { lock.withLock { daemons[name]?.processIdentifier } }
    func isRunning(_ name: String) -> Bool { lock.withLock { daemons[name]?.isRunning == true } }

    // MARK: The command line

    @discardableResult
    func roost(_ arguments: String..., input: String = "", seconds: Double = 120) throws -> Outcome { try roost(arguments, input: input, seconds: seconds) }

    @discardableResult
    func roost(_ arguments: [String], input: String = "", seconds: Double = 120) throws -> Outcome {
        try run(Self.programs.appending(path: "roost").path(), arguments, environment: ["ROOST_SOCKET": socket], input: input, seconds: seconds * Machine.patience)
    }

    /// Must succeed.
    @discardableResult
    func must(_ arguments: String..., input: String = "", seconds: Double = 120) throws -> Outcome { try must(arguments, input: input, seconds: seconds) }

    @discardableResult
    func must(_ arguments: [String], input: String = "", seconds: Double = 120) throws -> Outcome {
        let outcome = try roost(arguments, input: input, seconds: seconds)
        if outcome.status != 0 { throw CommandFailed(command: arguments.joined(separator: " "), outcome: outcome, logs: logs) }
        return outcome
    }

    struct CommandFailed: Error { var command: String; var outcome: Outcome; var logs: String }

    var logs: String {
        ["roost-node", "roostd"].map { name in "--- \(name)\n" + ((try? String(contentsOfFile: "\(folder)/\(name).log", encoding: .utf8)) ?? "").split(separator: "\n").suffix(15).joined(separator: "\n") }.joined(separator: "\n")
    }

    func exec(_ vps: String, _ command: String, input: String = "", seconds: Double = 60) throws -> Outcome {
        try roost(["vps", "exec", vps, "--no-tty", "--", "sh", "-c", command], input: input, seconds: seconds)
    }

    /// Types a line, and leaves a second later.
    func console(_ vps: String, _ line: String) throws -> Outcome {
        try run("sh", ["-c", "(echo \"$LINE\"; sleep 1; printf '\\035') | \"$ROOST\" vps console \"$VPS\""], environment: ["ROOST_SOCKET": socket, "ROOST": Self.programs.appending(path: "roost").path(), "VPS": vps, "LINE": line], seconds: 30 * Machine.patience)
    }

    struct Shown: Decodable {
        struct Address: Decodable { var family: String; var address: String }
        var id: String
        var name: String
        var state: String
        var stateReason: String?
        var addresses: [Address]
        var initPid: Int32?
        var ipv4: String { addresses.first { $0.family == "ipv4" }?.address ?? "" }
        var ipv6: String { addresses.first { $0.family == "ipv6" }?.address ?? "" }
    }

    func show(_ vps: String) throws -> Shown { try JSONDecoder().decode(Shown.self, from: Data(try must("vps", "show", vps, "--output", "json").output.utf8)) }
    func list() throws -> [Shown] { try JSONDecoder().decode([Shown].self, from: Data(try must("vps", "list", "--output", "json").output.utf8)) }

    /// The parent of a guest's init.
    func warden(of initPid: Int32) throws -> Int32 { try #require(Int32(try run("awk", ["/^PPid/ {print $2}", "/proc/\(initPid)/status"]).trimmed)) }

    struct Finding: Decodable { var name: String; var status: String; var remedy: String }

    /// By name. Its status is not asked for: what is missing is an answer, too.
    func doctor() throws -> [String: Finding] {
        let findings = try JSONDecoder().decode([Finding].self, from: Data(try roost("doctor", "--output", "json").output.utf8))
        return Dictionary(findings.map { ($0.name, $0) }) { $1 }
    }

    func operationStatuses() throws -> Set<String> {
        struct Operation: Decodable { let status: String }
        return Set(try JSONDecoder().decode([Operation].self, from: Data(try must("operation", "list", "--output", "json").output.utf8)).map(\.status))
    }

    // MARK: The end

    /// Takes everything down and says what is left on the host that was ours.
    func tearDown() throws -> [String] {
        kill("roostd")
        kill("roost-node")
        let outcome = try run(Self.programs.appending(path: "roost-node").path(), ["teardown", "--disks", "--config", "\(folder)/roost.yaml"])
        var left = outcome.status == 0 ? [] : ["teardown: \(outcome.errors)"]
        left += try leftovers()
        try? FileManager.default.removeItem(atPath: folder)  // what could not go is among the leftovers
        return left
    }

    /// What VPSes that are gone have left while the platform runs: disks, wardens, cgroups, loop devices, links, firewall elements.
    func remains() throws -> [String] {
        var left: [String] = []
        _ = try eventually {
            left = try ["\(folder)/state/pool/vps", "\(folder)/run/wardens"].flatMap { try FileManager.default.contentsOfDirectory(atPath: $0) }
            left += try run("sh", ["-c", "find /sys/fs/cgroup -path \"*/$TAG/??????????\" -type d; losetup -l -n -O BACK-FILE | grep \"^$FOLDER/state/pool/vps\"; ip -br link | grep \"^$TAG\"; for s in links source4 source6 neighbour6; do nft list set inet $TAG $s; done | grep -o \"\\\"$TAG[a-z0-9]*\\\"\"; true"], environment: ["TAG": tag, "FOLDER": folder])
                .output.split(separator: "\n").map(String.init)
            return left.isEmpty
        }
        return left
    }

    /// Processes, mounts, loop devices, cgroups, interfaces, routes, firewall tables of this platform.
    func leftovers() throws -> [String] {
        var left: [String] = []
        func look(_ what: String, _ program: String, _ arguments: [String], _ isOurs: (Substring) -> Bool) throws {
            for line in try run(program, arguments).output.split(separator: "\n") where isOurs(line) { left.append("\(what): \(line)") }
        }
        try look("mount", "cat", ["/proc/self/mountinfo"]) { $0.contains(folder) }
        try look("loop device", "losetup", ["-l", "-n", "-O", "NAME,BACK-FILE"]) { $0.contains(folder) }
        try look("cgroup", "find", ["/sys/fs/cgroup", "-maxdepth", "3", "-type", "d", "-name", tag]) { _ in true }
        try look("interface", "ip", ["-br", "link"]) { $0.hasPrefix(tag) }
        try look("route", "ip", ["route"]) { $0.contains(" \(tag)") }
        try look("firewall table", "nft", ["list", "tables"]) { $0.hasSuffix(" \(tag)") }
        for line in try run("sh", ["-c", "grep -lF \"$FOLDER\" /proc/[0-9]*/cmdline 2>/dev/null; true"], environment: ["FOLDER": folder]).output.split(separator: "\n") {
            left.append("process: \(line)")
        }
        return left
    }
}
