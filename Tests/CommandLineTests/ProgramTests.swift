import APIClient
import APIModel
import APIServerFake
import FoundationEssentials
import Kernel
import Release
@testable import roost
import Synchronization
import Testing

@Suite("The program") struct ProgramTests {
    @Test("answers end with their status, errors go to the standard error output", arguments: [
        (row: "done", arguments: ["plan", "list"], reply: .json(ListPage<Plan>([])), status: 0, words: ""),
        (row: "not found", arguments: ["vps", "show", "a/b"], reply: .problem(Problem(.notFound, "no VPS a/b")), status: 3, words: "roost: no VPS a/b [not_found]"),
        (row: "taken", arguments: ["plan", "create", "x", "--cpu", "1", "--memory", "1G", "--disk", "1G"], reply: .problem(Problem(.uniquenessError, "taken")), status: 5, words: "taken [uniqueness_error]"),
        (row: "quota", arguments: ["vps", "create", "a/b", "--plan", "p", "--template", "t"],
         reply: .problem(Problem(.resourceLimitExceeded, "no", exceeded: [.init(resource: "vps", limit: 1, used: 1, requested: 1)])), status: 4, words: "vps           1     1          1"),
        (row: "invalid", arguments: ["tenant", "create", "a/b"], reply: .problem(Problem(.invalidInput, "name: a slash")), status: 2, words: "name: a slash [invalid_input]"),
        (row: "node away", arguments: ["node", "list"], reply: .problem(Problem(.nodeUnavailable, "node local")), status: 6, words: "node local [node_unavailable]"),
        (row: "broken", arguments: ["plan", "list"], reply: .problem(Problem(.serviceError, "internal error", requestID: "r1")), status: 1, words: "under request r1"),
        (row: "cut off", arguments: ["plan", "list"], reply: .nothing, status: 6, words: "[unreachable]"),
        (row: "another program", arguments: ["plan", "list"], reply: .text(status: 200, contentType: "text/html", "<html>"), status: 1, words: "[unexpected_answer]"),
        (row: "failed operation", arguments: ["vps", "start", "a/b"], reply: .json(Samples.operation("failed", error: Problem(.operationFailed, "init is missing"))), status: 1, words: "init is missing [operation_failed]"),
        (row: "conflict in an operation", arguments: ["operation", "wait", "op1"], reply: .json(Samples.operation("failed", error: Problem(.conflict, "being deleted"))), status: 5, words: "being deleted [conflict]"),
    ] as [(row: String, arguments: [String], reply: Reply, status: Int32, words: String)])
    func statuses(row: String, arguments: [String], reply: Reply, status: Int32, words: String) async throws {
        try await FakeServer.with(answering: { _ in reply }) { server in
            let result = try await RoostProgram.run(arguments, socket: server.path)
            #expect(result.status == status, "\(row): \(result)")
            #expect(result.errors.contains(words), "\(row): \(result)")
            if status != 0 { #expect(result.output == "", "\(row)") }
        }
    }

    @Test("a command line that is not valid ends with 2 before anybody is asked", arguments: [
        ["frobnicate"], ["vps", "show"], ["vps", "show", "web1"], ["vps", "show", "a/b/c"], ["vps", "exec", "a/b"], ["vps", "exec", "a/b", "--"], ["vps", "create", "a/b", "--plan", "p"],
        ["plan", "create", "p", "--cpu", "0", "--memory", "1G", "--disk", "1G"], ["plan", "create", "p", "--cpu", "1", "--memory", "-1G", "--disk", "1G"],
        ["plan", "create", "p", "--cpu", "1", "--memory", "99999999T", "--disk", "1G"], ["tenant", "set", "acme"], ["tenant", "show", ""], ["event", "list", "--limit", "0"],
        ["plan", "list", "--output", "xml"], ["vps", "create", "a/b", "--plan", "p", "--template", "t", "--ssh-key", "/nonexistent"], ["plan", "list", "--socket", "https://x"],
    ])
    func usage(arguments: [String]) async throws {
        let result = try await RoostProgram.run(arguments, socket: "/nonexistent/roostd.sock")
        #expect(result.status == 2, "\(result)")
        #expect(result.errors.hasPrefix("roost: "), "\(result)")
        #expect(result.output == "")
    }

    @Test("whoever cannot be reached is named with what to do; doctor has more advice")
    func unreachable() async throws {
        let result = try await RoostProgram.run(["vps", "list"], socket: "/nonexistent/roostd.sock")
        #expect(result.status == 6)
        #expect(result.errors.contains("/nonexistent/roostd.sock: there is no such socket"))
        let doctor = try await RoostProgram.run(["doctor"], socket: "/nonexistent/roostd.sock")
        #expect(doctor.status == 6)
        #expect(doctor.errors.contains("`roost-node doctor`"))
    }

    @Test("--socket goes before ROOST_SOCKET, wherever it stands", arguments: [true, false])
    func socket(isFirst: Bool) async throws {
        try await FakeServer.with(answering: { _ in .json(ListPage([Samples.plan])) }) { server in
            let option = ["--socket", server.path]
            let result = try await RoostProgram.run(isFirst ? option + ["plan", "list"] : ["plan", "list"] + option, socket: "/nonexistent")
            #expect(result == RoostProgram.Result(status: 0, output: PlanText.table([Samples.plan]).text(), errors: ""))
        }
    }

    @Test("help documents every status and goes to the standard output", arguments: [["--help"], ["help"], []])
    func help(arguments: [String]) async throws {
        let result = try await RoostProgram.run(arguments, socket: "/nonexistent")
        #expect(result.status == 0)
        #expect(result.errors == "")
        for status in ExitStatus.allCases { #expect(result.output.contains("  \(status.rawValue)  \(status.meaning.prefix(30))")) }
    }

    @Test("JSON is what the API answered: an array for a list, an object for one", arguments: [
        (arguments: ["tenant", "list"], reply: .json(ListPage([Samples.tenant])), expected: [Samples.tenant] as any Encodable & Sendable),
        (arguments: ["tenant", "show", "acme"], reply: .json(Samples.tenant), expected: Samples.tenant), (arguments: ["plan", "list"], reply: .json(ListPage<Plan>([])), expected: [Plan]()),
        (arguments: ["plan", "show", "small"], reply: .json(Samples.plan), expected: Samples.plan),
        (arguments: ["template", "list"], reply: .json(ListPage([Samples.template])), expected: [Samples.template]),
        (arguments: ["template", "show", "debian-12"], reply: .json(Samples.template), expected: Samples.template),
        (arguments: ["vps", "list"], reply: .json(ListPage([Samples.vps])), expected: [Samples.vps]),
        (arguments: ["vps", "list", "--tenant", "acme"], reply: .json(ListPage([Samples.vps])), expected: [Samples.vps]),
        (arguments: ["vps", "show", "acme/web1"], reply: .json(Samples.vps), expected: Samples.vps), (arguments: ["node", "list"], reply: .json(ListPage([Samples.node])), expected: [Samples.node]),
        (arguments: ["address", "list"], reply: .json(ListPage([Samples.lease])), expected: [Samples.lease]),
        (arguments: ["event", "list"], reply: .json(ListPage([Samples.event])), expected: [Samples.event]),
        (arguments: ["operation", "list", "--limit", "5"], reply: .json(ListPage([Samples.operation()])), expected: [Samples.operation()]),
        (arguments: ["operation", "show", "op1"], reply: .json(Samples.operation()), expected: Samples.operation()),
        (arguments: ["vps", "create", "acme/web1", "--plan", "p", "--template", "t"], reply: .json(Samples.operation()), expected: Samples.operation()),
        (arguments: ["version"], reply: .json(ServerVersion(version: "9", api: "v1")), expected: VersionCommand.Versions(client: .init(version: Release.version), server: ServerVersion(version: "9", api: "v1"))),
    ] as [(arguments: [String], reply: Reply, expected: any Encodable & Sendable)])
    func json(arguments: [String], reply: Reply, expected: any Encodable & Sendable) async throws {
        try await FakeServer.with(answering: { _ in reply }) { server in
            let result = try await RoostProgram.run(arguments + ["--output", "json"], socket: server.path)
            #expect(result == RoostProgram.Result(status: 0, output: try JSONText.text(expected), errors: ""))
        }
    }

    @Test("what is asked for is sent as it was meant", arguments: [
        (arguments: ["tenant", "create", "acme", "--vps", "10", "--cpu", "8", "--memory", "16GiB", "--disk", "200GiB", "--addresses", "10"], asked: "POST /v1/tenants",
         body: TenantCreate(name: "acme", quota: Samples.quota) as any Encodable & Sendable, reply: .json(Samples.tenant), said: "tenant acme created\n"),
        (arguments: ["tenant", "create", "acme"], asked: "POST /v1/tenants", body: TenantCreate(name: "acme", quota: Quota(vps: 0, cpuMillicores: 0, memoryBytes: 0, diskBytes: 0, addresses: 0)),
         reply: .json(Samples.tenant), said: "tenant acme created\n"),
        (arguments: ["tenant", "set", "acme", "--vps", "0"], asked: "PATCH /v1/tenants/acme", body: TenantChange(vps: 0), reply: .json(Samples.tenant), said: TenantText.details(Samples.tenant)),
        (arguments: ["plan", "create", "small", "--cpu", "0.5", "--memory", "256MiB", "--disk", "2GiB"], asked: "POST /v1/plans",
         body: PlanCreate(name: "small", cpuMillicores: 500, memoryBytes: 256 << 20, diskBytes: 2 << 30), reply: .json(Samples.plan), said: "plan small created\n"),
        (arguments: ["plan", "create", "small", "--cpu", "0.5", "--memory", "256MiB", "--disk", "2GiB", "--swap", "0", "--processes", "99", "--nesting"], asked: "POST /v1/plans",
         body: PlanCreate(name: "small", cpuMillicores: 500, memoryBytes: 256 << 20, diskBytes: 2 << 30, swapBytes: 0, processes: 99, nesting: true), reply: .json(Samples.plan), said: "plan small created\n"),
        (arguments: ["template", "build", "busybox"], asked: "POST /v1/templates", body: TemplateBuild(name: "busybox"), reply: .json(Samples.operation(kind: "template.build", subject: "busybox", vps: nil)), said: "template busybox built\n"),
        (arguments: ["vps", "create", "acme/web1", "--plan", "small", "--template", "debian-12", "--no-start"], asked: "POST /v1/tenants/acme/vps",
         body: VPSCreate(name: "web1", plan: "small", template: "debian-12", start: false), reply: .json(Samples.operation()), said: "acme/web1 created: running, 10.66.0.2, fd66:6006:0:1::1\n"),
        (arguments: ["vps", "start", "acme/web1"], asked: "POST /v1/tenants/acme/vps/web1/start", body: PowerChange(), reply: .json(Samples.operation()), said: "acme/web1 started\n"),
        (arguments: ["vps", "stop", "acme/web1"], asked: "POST /v1/tenants/acme/vps/web1/stop", body: PowerChange(), reply: .json(Samples.operation()), said: "acme/web1 stopped\n"),
        (arguments: ["vps", "stop", "acme/web1", "--force"], asked: "POST /v1/tenants/acme/vps/web1/stop", body: PowerChange(force: true), reply: .json(Samples.operation()), said: "acme/web1 stopped\n"),
        (arguments: ["vps", "restart", "--force", "acme/web1"], asked: "POST /v1/tenants/acme/vps/web1/restart", body: PowerChange(force: true), reply: .json(Samples.operation()), said: "acme/web1 restarted\n"),
        (arguments: ["vps", "delete", "acme/web1"], asked: "DELETE /v1/tenants/acme/vps/web1", body: "", reply: .json(Samples.operation(vps: nil)), said: "acme/web1 deleted\n"),
        (arguments: ["tenant", "delete", "acme"], asked: "DELETE /v1/tenants/acme", body: "", reply: .empty, said: "tenant acme deleted\n"),
        (arguments: ["plan", "delete", "small"], asked: "DELETE /v1/plans/small", body: "", reply: .empty, said: "plan small deleted\n"),
        (arguments: ["template", "delete", "busybox"], asked: "DELETE /v1/templates/busybox", body: "", reply: .empty, said: "template busybox deleted\n"),
        (arguments: ["webhook", "create", "panel", "--tenant", "acme", "--url", "https://a", "--kind", "vps.", "--kind", "tenant."], asked: "POST /v1/tenants/acme/webhooks", body: WebhookCreate(name: "panel", url: "https://a", kinds: ["vps.", "tenant."]),
         reply: .json(NewWebhook(webhook: Samples.webhook, secret: "whsec_x")), said: "whsec_x\n\nMessages of webhook acme/panel are signed with this. Keep it: it is not shown again.\n"),
        (arguments: ["webhook", "enable", "panel", "--tenant", "acme"], asked: "POST /v1/tenants/acme/webhooks/panel/enable", body: "", reply: .json(Samples.webhook), said: "webhook acme/panel enabled\n"),
        (arguments: ["webhook", "delete", "panel"], asked: "DELETE /v1/webhooks/panel", body: "", reply: .empty, said: "webhook panel deleted\n"),
        (arguments: ["event", "list", "--limit", "7"], asked: "GET /v1/events?limit=7", body: "", reply: .json(ListPage<Event>([])), said: "AT  ACTOR  KIND  SUBJECT  DETAIL\n"),
    ] as [(arguments: [String], asked: String, body: any Encodable & Sendable, reply: Reply, said: String)])
    func requests(arguments: [String], asked: String, body: any Encodable & Sendable, reply: Reply, said: String) async throws {
        try await FakeServer.with(answering: { _ in reply }) { server in
            let result = try await RoostProgram.run(arguments, socket: server.path)
            #expect(result == RoostProgram.Result(status: 0, output: said, errors: ""))
            let request = try #require(server.requests.first)
            #expect("\(request.method) \(request.target)" == asked)
            let expected = body as? String == "" ? "" : try JSONText.text(body)
            #expect(try request.body.isEmpty ? expected == "" : JSONText.sorted(request.body) == expected)
        }
    }

    @Test("keys are read from every file")
    func keys() async throws {
        try await TemporaryFolder.with { folder in
            try Descriptor.open("\(folder)/a.pub", .createNew).write(Array("ssh-ed25519 AAAA a\n".utf8))
            try Descriptor.open("\(folder)/b.pub", .createNew).write(Array("# two\nssh-ed25519 BBBB b\nssh-ed25519 CCCC c\n".utf8))
            try await FakeServer.with(answering: { _ in .json(Samples.operation()) }) { server in
                let arguments = ["vps", "create", "acme/web1", "--plan", "p", "--template", "t", "--ssh-key", "\(folder)/a.pub", "--ssh-key", "\(folder)/b.pub"]
                let result = try await RoostProgram.run(arguments, socket: server.path)
                #expect(result.status == 0, "\(result)")
                #expect(server.requests.first?.body.contains(#""sshKeys":["ssh-ed25519 AAAA a","ssh-ed25519 BBBB b","ssh-ed25519 CCCC c"]"#) == true)
            }
        }
    }

    @Test("a long verb waits, and says each change once where there is no terminal")
    func waits() async throws {
        let steps = Steps([
            Samples.operation("pending", progress: 0, message: ""), Samples.operation("running", progress: 50, message: "copying the disk"),
            Samples.operation("running", progress: 50, message: "copying the disk"), Samples.operation(),
        ])
        try await FakeServer.with(answering: { _ in .json(steps.next()) }) { server in
            let result = try await RoostProgram.run(["vps", "create", "acme/web1", "--plan", "p", "--template", "t"], socket: server.path)
            #expect(result.status == 0)
            #expect(result.errors == "creating acme/web1: 0 %\ncreating acme/web1: 50 %, copying the disk\n")
            #expect(server.requests.map { "\($0.method) \($0.target) \($0.wait ?? "-")" } == ["POST /v1/tenants/acme/vps wait=1"] + Array(repeating: "GET /v1/operations/op1 wait=1", count: 3))
        }
    }

    @Test("with --no-wait the operation's id is all it says")
    func noWait() async throws {
        try await FakeServer.with(answering: { _ in .json(Samples.operation("pending", progress: 0), status: 202) }) { server in
            let result = try await RoostProgram.run(["vps", "delete", "acme/web1", "--no-wait"], socket: server.path)
            #expect(result == RoostProgram.Result(status: 0, output: "op1\n", errors: ""))
            #expect(server.requests.map(\.wait) == [nil])
        }
    }

    @Test("roostd lost while waiting is told with how to go on")
    func lost() async throws {
        try await FakeServer.with(answering: { $0.method == "POST" ? .json(Samples.operation("running", progress: 1)) : .nothing }) { server in
            let result = try await RoostProgram.run(["vps", "start", "acme/web1"], socket: server.path)
            #expect(result.status == 6)
            #expect(result.errors.contains("`roost operation wait op1`"))
        }
    }

    @Test("the doctor's status says whether anything is missing", arguments: [true, false])
    func doctor(isMissing: Bool) async throws {
        let checks = isMissing ? Samples.checks : [Samples.checks[0]]
        try await FakeServer.with(answering: { _ in .json(DoctorReport(checks: checks)) }) { server in
            let result = try await RoostProgram.run(["doctor"], socket: server.path)
            #expect(result == RoostProgram.Result(status: isMissing ? 1 : 0, output: DoctorText.report(checks), errors: ""))
        }
    }

    @Test("the version is said with or without roostd")
    func version() async throws {
        let alone = try await RoostProgram.run(["version"], socket: "/nonexistent")
        #expect(alone == RoostProgram.Result(status: 0, output: "roost \(Release.version)\nroostd cannot be reached at /nonexistent: there is no such socket\n", errors: ""))
        try await FakeServer.with(answering: { _ in .json(ServerVersion(version: "9", api: "v1")) }) { server in
            let result = try await RoostProgram.run(["version"], socket: server.path)
            #expect(result.output == "roost \(Release.version)\nroostd 9 (API v1) at \(server.path)\n")
        }
    }
}

/// One after the other; the last for ever.
final class Steps: Sendable {
    private let left: Mutex<[APIModel.Operation]>
    init(_ steps: [APIModel.Operation]) { left = Mutex(steps) }
    func next() -> APIModel.Operation { left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
}

extension JSONText {
    /// Another program's JSON in this one's order.
    static func sorted(_ text: String) throws -> String {
        enum Value: Codable {
            case object([String: Value]), array([Value]), text(String), number(Int64), flag(Bool)
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let flag = try? container.decode(Bool.self) { self = .flag(flag) }  // each tries what the value may be
                else if let number = try? container.decode(Int64.self) { self = .number(number) }  // as above
                else if let text = try? container.decode(String.self) { self = .text(text) }  // as above
                else if let array = try? container.decode([Value].self) { self = .array(array) }  // as above
                else { self = .object(try container.decode([String: Value].self)) }
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .object(let value): try container.encode(value)
                case .array(let value): try container.encode(value)
                case .text(let value): try container.encode(value)
                case .number(let value): try container.encode(value)
                case .flag(let value): try container.encode(value)
                }
            }
        }
        return try Self.text(JSONDecoder().decode(Value.self, from: Data(text.utf8)))
    }
}
