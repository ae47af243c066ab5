internal import ControlPlane
internal import Domain
internal import Foundation
internal import Logging
internal import NodeModel
internal import Store
internal import ServiceLifecycle
internal import Testing

@testable internal import HTTPAPI

/// Over TLS on a port of this machine, asked by curl(1).
@Suite(.timeLimit(.minutes(5)))
struct NetworkTests {
    @Test("A bearer of a token is served over HTTP/2 and HTTP/1.1, and nobody else", arguments: ["--http2", "--http1.1"])
    func bearer(version: String) async throws {
        try await Network.serving { network, text in
            let list = try await network.ask("/v1/tenants/acme/vps", version, "-H", "Authorization: Bearer \(text)")
            #expect(list.status == 200 && list.version == (version == "--http2" ? "2" : "1.1") && list.body.contains(#""name":"web1""#), "\(list)")
            #expect(!list.body.contains("initPid"), "that is for admins")
            for (label, arguments) in [
                ("no token", []), ("another token", ["-H", "Authorization: Bearer roost_0123456789abcdef_\(String(repeating: "a", count: 64))"]),
                ("another form", ["-H", "Authorization: Basic YTpi"]), ("the token as a user", ["-u", "roost:\(text)"]), ("the token in the address", ["-G", "-d", "token=\(text)"]),
            ] {
                let answer = try await network.curl("https", "/v1/tenants/acme/vps", [version] + arguments)
                #expect(answer.status == 401 && answer.body.contains(#""code":"unauthenticated""#) && answer.headers.contains("www-authenticate: bearer"), "\(label): \(answer)")
            }
            #expect(try await network.ask("/v1", version).status == 200, "the version is no secret")
            #expect(try await network.ask("/v1/nodes", version, "-H", "Authorization: Bearer \(text)").status == 403)
            let there = try await network.ask("/v1/tenants/other/vps", version, "-H", "Authorization: Bearer \(text)")
            let nowhere = try await network.ask("/v1/tenants/elsewhere/vps", version, "-H", "Authorization: Bearer \(text)")
            #expect(there.status == 404 && nowhere.status == 404)
            #expect(there.withoutID.replacing("other", with: "elsewhere") == nowhere.withoutID)
        }
    }

    @Test("As many requests on one connection as the rate allows", arguments: ["--http2", "--http1.1"])
    func many(version: String) async throws {
        try await Network.serving { network, text in
            let list = "\(network.folder)/list"
            try String(repeating: "url = https://127.0.0.1:\(network.port)/v1/plans\n", count: 450).write(toFile: list, atomically: true, encoding: .utf8)
            let said = try await Network.run([
                "curl", "-sS", version, "--max-time", "60", "--rate", "90/s", "--cacert", "\(network.folder)/tls.crt", "-H", "Authorization: Bearer \(text)", "-o", "/dev/null", "-w", "%{http_code} %{num_connects}\n", "-K", list,
            ])
            let lines = said.split(separator: "\n")
            #expect(lines.count { $0.hasSuffix("200 0") } == 449 && lines.first == "200 1", "\(Dictionary(lines.map { ($0, 1) }) { $0 + $1 })")
        }
    }

    @Test("Who follows is told what happens, in its order, and goes on where he was; his token's end is the end", arguments: ["--http2", "--http1.1"])
    func follow(version: String) async throws {
        try await Network.serving { network, text in
            let plane = network.served.plane
            let acme = try Name("acme")
            /// What is told until `isEnough`, and then until the token's end.
            func told(_ token: String, after last: Int64? = nil, during deed: () async throws -> Void = {}, until isEnough: @escaping (String) -> Bool) async throws -> String {
                let file = "\(network.folder)/told-\(UUID())"
                let resume = last.map { ["-H", "Last-Event-ID: \($0)"] } ?? []
                async let end = Network.run(["curl", "-sSN", version, "--max-time", "60", "--cacert", "\(network.folder)/tls.crt", "-o", file, "-H", "Authorization: Bearer \(token)"] + resume + ["https://127.0.0.1:\(network.port)/v1/tenants/acme/changes"])
                func said() -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }  // not yet
                while !said().hasPrefix(": here\n\n") { try await Task.sleep(for: .milliseconds(5)) }
                try await deed()
                while !isEnough(said()) { try await Task.sleep(for: .milliseconds(5)) }
                try await plane.revokeToken(.admin, of: nil, String(token.split(separator: "_")[1]))
                _ = try await end
                return said()
            }
            let before = try #require(try await plane.events(.admin, limit: 1).first?.id)
            let said = try await told(text, during: {
                _ = try await plane.createTenant(.admin, try Name("third"), Quantities())
                _ = try await plane.stopVPS(.admin, tenant: acme, name: try Name("web1"), force: true)
            }) { $0.contains(#""kind":"vps.stopped""#) && $0.contains(#""status":"succeeded""#) }
            let kinds = said.matches(of: /event: event\ndata: [^\n]*"kind":"([a-z.]+)"/).map { String($0.output.1) }
            #expect(said.matches(of: /event: operation\ndata: [^\n]*"kind":"vps.stop"[^\n]*"status":"([a-z]+)"/).last?.output.1 == "succeeded", "\(said)")
            #expect(kinds.prefix(2) == ["vps.stop.requested", "vps.stopped"] && said.contains("event: event\ndata: {") && !said.contains("third"), "\(said)")
            #expect(said.contains("event: end\ndata: {") && said.contains(#""code":"unauthenticated""#), "\(said)")
            let (_, another) = try await plane.createToken(.admin, try Name("another"), of: acme, TokenTerms(role: .reader))
            let all = try await plane.events(.admin, of: acme, EventFilter(after: before), limit: 100).filter { $0.kind.hasPrefix("vps.") }.map(\.id)
            let again = try await told(another, after: before) { text in all.allSatisfy { text.contains("\nid: \($0)\n") } }
            #expect(again.matches(of: /\nid: ([0-9]+)\n/).compactMap { Int64($0.output.1) }.prefix(all.count) == all[...], "\(again)")
        }
    }

    @Test("A revoked token's next request is refused")
    func revoked() async throws {
        try await Network.serving { network, text in
            let id = String(text.split(separator: "_")[1])
            #expect(try await network.ask("/v1/plans", "-H", "Authorization: Bearer \(text)").status == 200)
            try await network.served.plane.revokeToken(.admin, of: nil, id)
            #expect(try await network.ask("/v1/plans", "-H", "Authorization: Bearer \(text)").status == 401)
        }
    }

    @Test("What is no TLS is not answered, and old TLS neither")
    func transport() async throws {
        try await Network.serving { network, _ in
            let (plain, old, new) = (try await network.curl("http", "/v1"), try await network.ask("/v1", "--tls-max", "1.1"), try await network.ask("/v1", "--tlsv1.3"))
            #expect(plain.status == 0 && old.status == 0 && new.status == 200, "\(plain) \(old) \(new)")
        }
    }

    @Test("A new certificate is used for the next connection; one that is none leaves the old one")
    func renewal() async throws {
        try await Network.serving { network, _ in
            let first = try await network.fingerprint()
            try Network.makeCertificate(in: network.folder, at: 1)
            let second = try await network.fingerprint()
            #expect(first != second)
            try "nothing".write(toFile: "\(network.folder)/tls.crt", atomically: true, encoding: .utf8)
            #expect(try await network.fingerprint() == second)
        }
    }
}

/// The listener, and curl to ask it.
struct Network: Sendable {
    let served: Served
    let folder: String
    let port: Int

    struct Answer: Sendable {
        /// 0: there was none.
        var status: Int
        var version: String
        /// In lower case.
        var headers: String
        var body: String
        /// Without what is each request's own.
        var withoutID: String { body.replacing(#/"requestID":"[0-9a-f]*"/#, with: "") }
    }

    /// With acme's token for all.
    static func serving(_ body: (Network, String) async throws -> Void) async throws {
        try await Served.running { served in
            let folder = NSTemporaryDirectory() + "roost-network-\(VPSID.random())"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }  // best effort: a temporary folder
            try Network.makeCertificate(in: folder, at: 0)
            _ = try await served.plane.createTenant(.admin, try Name("other"), Quantities())
            let (_, text) = try await served.plane.createToken(.admin, try Name("panel"), of: try Name("acme"), TokenTerms(role: .owner))
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let service = try NetworkAPI.application(served.plane, host: "127.0.0.1", port: 0, certificate: "\(folder)/tls.crt", key: "\(folder)/tls.key", logger: logger) { port.yield($0) }
            var configuration = ServiceGroupConfiguration(services: [service], logger: logger)
            configuration.maximumGracefulShutdownDuration = .seconds(1)
            let daemon = ServiceGroup(configuration: configuration)
            try await withThrowingTaskGroup { group in
                group.addTask { try await daemon.run() }
                var found = ports.makeAsyncIterator()
                let network = Network(served: served, folder: folder, port: try #require(await found.next()))
                let result: Result<Void, any Error>
                do { result = .success(try await body(network, text)) } catch { result = .failure(error) }
                await daemon.triggerGracefulShutdown()
                try await group.next()
                try result.get()
            }
        }
    }

    func ask(_ path: String, _ arguments: String...) async throws -> Answer { try await curl("https", path, arguments) }

    func curl(_ scheme: String, _ path: String, _ arguments: [String] = []) async throws -> Answer {
        let output = try await Self.run(["curl", "-sS", "--max-time", "20", "--cacert", "\(folder)/tls.crt", "-D", "-", "-w", "\n%{http_code} %{http_version}"] + arguments + ["\(scheme)://127.0.0.1:\(port)\(path)"])
        let parts = output.components(separatedBy: "\r\n\r\n")
        let rest = (parts.last ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        let written = (rest.last ?? "").split(separator: " ")
        return Answer(
            status: written.first.flatMap { Int($0) } ?? 0, version: written.last.map(String.init) ?? "", headers: parts.dropLast().joined().lowercased(), body: rest.dropLast().joined(separator: "\n"))
    }

    /// Of the certificate that a new connection is shown.
    func fingerprint() async throws -> String {
        try await Self.run(["sh", "-c", "openssl s_client -connect 127.0.0.1:\(port) </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256"])
    }

    /// `age`: so that one of the same second is seen to be another.
    static func makeCertificate(in folder: String, at age: TimeInterval) throws {
        let process = try start([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=roost", "-addext", "subjectAltName=IP:127.0.0.1",
            "-keyout", "\(folder)/tls.key", "-out", "\(folder)/tls.crt",
        ]).0
        process.waitUntilExit()
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: age)], ofItemAtPath: "\(folder)/tls.crt")
    }

    private static func start(_ command: [String]) throws -> (Process, Pipe) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, output)
    }

    static func run(_ command: [String]) async throws -> String {
        let (process, output) = try start(command)
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let said = output.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(returning: String(decoding: said, as: UTF8.self))
            }
        }
    }
}
