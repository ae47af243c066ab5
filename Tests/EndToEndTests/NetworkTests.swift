import Foundation
import Testing

extension EndToEnd {
    /// As tenants reach the platform: over TLS, with a token, by the command line and by curl(1).
    @Suite struct Network {
        @Test func aTenantUsesWhatIsItsOwnOverTheNetworkAndNothingElse() throws {
            try withPlatform(slot: 25) { roost in
                let server = try roost.listen()
                try roost.makeTenant()
                try roost.makeTenant("other")
                try roost.makeBusybox()
                try roost.must("vps", "create", "other/web1", "--plan", "small", "--template", "busybox")
                let owner = try roost.token("panel", "--tenant", "acme", "--role", "owner")
                let reader = try roost.token("looks", "--tenant", "acme", "--role", "reader")

                // A certificate that nobody vouches for is believed only by its fingerprint.
                let fingerprint = try server.fingerprint()
                let blind = try server.tenant("login", server.url, "--token", owner.secret)
                #expect(blind.status == 1 && blind.errors.contains(fingerprint), "\(blind)")
                let wrong = try server.tenant("login", server.url, "--token", owner.secret, "--fingerprint", String(repeating: "AB", count: 32))
                #expect(wrong.status == 6, "\(wrong)")
                let login = try server.tenant("login", server.url, "--token", owner.secret, "--fingerprint", fingerprint, "--name", "here")
                #expect(login.status == 0 && login.output == "logged in to here as owner of acme\n", "\(login)")
                let mode = try FileManager.default.attributesOfItem(atPath: "\(server.home)/.config/roost/remotes.json")[.posixPermissions] as? Int
                #expect(mode == 0o600)
                // One that was accepted is believed again; another one is not, and that is said.
                let file = "\(server.home)/.config/roost/remotes.json"
                let kept = try String(contentsOfFile: file, encoding: .utf8)
                #expect(try server.tenant("login", server.url, "--token", owner.secret, "--name", "here").status == 0)
                try kept.replacing(fingerprint, with: String(repeating: "AB", count: 32)).write(toFile: file, atomically: true, encoding: .utf8)
                let changed = try server.tenant("login", server.url, "--token", owner.secret, "--name", "here")
                #expect(changed.status == 1 && changed.errors.contains("It is not the one that was accepted before") && changed.errors.contains(fingerprint), "\(changed)")
                try kept.write(toFile: file, atomically: true, encoding: .utf8)

                let made = try server.tenant("vps", "create", "acme/web1", "--plan", "small", "--template", "busybox")
                #expect(made.status == 0, "\(made)")
                let said = try server.tenant(["vps", "exec", "acme/web1", "--no-tty", "--", "sh", "-c", "cat; hostname; exit 7"], input: "from afar\n")
                #expect(said.status == 7 && said.output == "from afar\nweb1\n", "\(said)")
                for stranger in ["vps show other/web1", "vps stop other/web1 --force", "vps delete other/web1 --yes", "vps exec other/web1 -- id", "tenant show other"] {
                    let refused = try server.tenant(stranger.split(separator: " ").map(String.init))
                    #expect(refused.status == 3 && refused.errors.contains("[not_found]"), "\(stranger): \(refused)")
                }
                for admins in ["node list", "tenant list", "doctor", "event list", "plan delete small --yes", "token list"] {
                    let refused = try server.tenant(admins.split(separator: " ").map(String.init))
                    #expect(refused.status == 1 && refused.errors.contains("[forbidden]"), "\(admins): \(refused)")
                }

                let own = try server.tenant("vps", "list", "--output", "json").output
                #expect(own.contains("acme") && !own.contains("other"), "\(own)")

                // The same by curl, with a token that only looks.
                let list = try server.curl("/v1/tenants/acme/vps", token: reader.secret)
                #expect(list.output.contains(#""name":"web1""#) && list.output.hasSuffix(" 200"), "\(list)")
                #expect(try server.curl("/v1/tenants/acme/vps/web1/stop", "-X", "POST", token: reader.secret).output.hasSuffix(" 403"))
                #expect(try server.curl("/v1/tenants/acme/vps/web1/exec?command=id", "-H", "Connection: Upgrade", "-H", "Upgrade: websocket", "--http1.1", token: reader.secret).output.hasSuffix(" 403"))
                #expect(try server.curl("/v1/tenants/acme/vps", token: nil).output.hasSuffix(" 401"))

                // A token outlives a crash, and its revocation is at once.
                roost.kill("roostd")
                try roost.start("roostd")
                #expect(eventually { (try? server.tenant("vps", "show", "acme/web1", "--output", "json"))?.output.contains("running") == true }, "\(roost.logs)")
                let stream = Thread { _ = try? server.tenant("vps", "exec", "acme/web1", "--no-tty", "--", "sleep", "1000") }  // how it ends is no matter, that it does is
                stream.start()
                let listed = #"for p in /proc/[0-9]*; do tr '\0' ' ' <$p/cmdline; echo; done | grep -q '^sleep 1000'"#
                #expect(eventually { (try? roost.must("vps", "exec", "acme/web1", "--no-tty", "--", "sh", "-c", listed)) != nil }, "it runs")
                try roost.must("token", "revoke", owner.id, "--yes")
                #expect(eventually { stream.isFinished }, "an open stream ends with its token")
                let gone = try server.tenant("vps", "list")  // what it could until now
                #expect(gone.status == 1 && gone.errors.contains("[unauthenticated]"), "\(gone)")
                #expect(!roost.logs.contains(owner.secret) && !roost.logs.contains(reader.secret))
                let events = try roost.must("event", "list", "--output", "json").output
                #expect(events.contains("token \(owner.id) (acme/panel)") && !events.contains(owner.secret))
            }
        }

        /// Whatever call roostd is killed at, the same request, said again, is done once.
        @Test func aCreationWithAKeyDuringWhichRoostdIsKilledMakesOneVPS() throws {
            try withPlatform(slot: 26) { roost in
                try roost.makeTenant(vps: 100, addresses: 100)
                try roost.makeBusybox()
                func post(_ key: String) throws -> Outcome {
                    try run("curl", [
                        "-sS", "--max-time", "60", "--unix-socket", roost.socket, "-H", "Content-Type: application/json", "-H", "Prefer: wait=60", "-H", "Idempotency-Key: \(key)", "-w", " %{http_code}",
                        "-d", #"{"name":"\#(key)","plan":"small","template":"busybox"}"#, "http://roost/v1/tenants/acme/vps",
                    ])
                }
                for round in 0..<12 {
                    let key = "k\(round)"
                    let killer = Thread { [delay = Double(round) * 0.004] in
                        Thread.sleep(forTimeInterval: delay)
                        roost.kill("roostd")
                    }
                    killer.start()
                    _ = try post(key)
                    while !killer.isFinished { Thread.sleep(forTimeInterval: 0.005) }
                    try roost.start("roostd")
                    let again = try post(key)
                    #expect(again.output.hasSuffix(" 200"), "\(again) \(roost.logs)")
                    #expect(try post(key).output == again.output)
                }
                let all = try roost.list()
                #expect(all.map(\.name).sorted() == (0..<12).map { "k\($0)" }.sorted() && all.allSatisfy { $0.state == "running" }, "\(all)")
            }
        }

        @Test func aPersonLogsInWithAPasswordAndACodeAndOut() throws {
            try withPlatform(slot: 30) { roost in
                let server = try roost.listen()
                try roost.makeTenant()
                let fingerprint = try server.fingerprint()
                func login(_ user: String, _ lines: String...) throws -> Outcome {
                    try server.tenant(["login", server.url, "--user", user, "--fingerprint", fingerprint, "--name", "here"], input: lines.map { $0 + "\n" }.joined())
                }
                #expect(try roost.roost(["user", "create", "alice", "--tenant", "acme", "--role", "owner"], input: "correct horse\n").output.hasPrefix("user acme/alice created"))
                let wrong = try login("acme/alice", "wrong horse")
                #expect(wrong.status == 1 && wrong.errors.contains("[invalid_credentials]"), "\(wrong)")
                #expect(try login("acme/bob", "correct horse").errors.contains("[invalid_credentials]"))
                #expect(try login("acme/alice", "correct horse").output == "logged in to here as owner of acme\n")
                let again = try server.tenant(["login", server.url, "--user", "acme/alice", "--name", "here"], input: "correct horse\n")
                #expect(again.status == 0, "its certificate was accepted already: \(again)")
                #expect(try server.tenant("account").output.contains("alice"))
                #expect(try server.tenant("tenant", "show", "acme").status == 0)

                // The codes are of another implementation than ours.
                let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                func code(_ step: Int) throws -> String { try run("python3", ["-c", Self.authenticator, secret, "\(step)"]).trimmed }
                var step = Int(Date().timeIntervalSince1970) / 30
                let enabled = try server.tenant(["account", "enable-totp", "--secret", secret], input: "correct horse\n\(try code(step))\n")
                #expect(enabled.output == "second factor enabled\n", "\(enabled)")
                #expect(try login("acme/alice", "correct horse", code(step)).errors.contains("[invalid_credentials]"), "it was shown already")
                step = max(step, Int(Date().timeIntervalSince1970) / 30) + 1
                #expect(try login("acme/alice", "correct horse", code(step)).status == 0)
                let events = try roost.must("audit", "list", "--output", "json").output
                #expect(events.contains("user acme/alice"), "\(events)")
                #expect(!events.contains("correct horse") && !events.contains(secret))

                let session = try String(contentsOfFile: "\(server.home)/.config/roost/remotes.json", encoding: .utf8).firstMatch(of: /roost_[0-9a-f_]+/).map { String($0.output) }
                #expect(try server.curl("/v1/caller", token: session).output.hasSuffix(" 200"))
                #expect(try server.tenant("logout").output == "logged out of here\n")
                #expect(try server.curl("/v1/caller", token: session).output.hasSuffix(" 401"), "the session has ended there, too")

                // With the key of its second factor lost, the platform is not.
                let state = "\(roost.folder)/state/control"
                #expect(try run("grep", ["-rlF", secret, state]).output.isEmpty, "it is sealed")
                roost.kill("roostd")
                try FileManager.default.removeItem(atPath: "\(state)/secrets.key")
                #expect { try roost.start("roostd") } throws: { ($0 as? Platform.NotStarted)?.log.contains("where that is lost: roostd forget-secrets") == true }
                roost.kill("roostd")
                let forget = [Platform.programs.appending(path: "roostd").path(), "forget-secrets", "--config", "\(roost.folder)/roost.yaml"]
                #expect(try run("/usr/bin/env", forget).errors.contains("say --yes"))
                #expect(try run("/usr/bin/env", forget + ["--yes"]).output == "user acme/alice: no second factor any more\nNothing is sealed any more.\n")
                try roost.start("roostd")
                #expect(try login("acme/alice", "correct horse").status == 0)
                #expect(try roost.must("audit", "verify").status == 0)
                try roost.must("user", "delete", "alice", "--tenant", "acme", "--yes")
            }
        }

        /// Another implementation of WebSockets than ours, with a ticket and an Origin, as a browser has them.
        @Test func aPageOpensTheConsoleByATicketOnce() throws {
            try withPlatform(slot: 31) { roost in
                let server = try roost.listen()
                try roost.makeTenant()
                try roost.makeBusybox()
                try roost.must("vps", "create", "acme/web1", "--plan", "small", "--template", "busybox")
                let owner = try roost.token("panel", "--tenant", "acme", "--role", "owner")
                struct Ticket: Decodable { var ticket: String }
                let issued = try server.curl("/v1/tenants/acme/vps/web1/tickets", "-H", "Content-Type: application/json", "-d", #"{"stream":"console"}"#, token: owner.secret).output
                let ticket = try JSONDecoder().decode(Ticket.self, from: Data(issued.split(separator: " ").dropLast().joined(separator: " ").utf8)).ticket
                func page() throws -> Outcome {
                    let address = server.url.replacing("https:", with: "wss:") + "/v1/tenants/acme/vps/web1/console?ticket=" + ticket
                    return try run("/usr/bin/python3", ["-c", Self.page, address, server.certificate], seconds: 60 * Machine.patience)
                }
                let first = try page()
                #expect(first.status == 0 && first.output.contains("a browser's 42"), "\(first)")
                let second = try page()
                #expect(second.status != 0 && second.errors.contains("401"), "\(second)")
            }
        }

        private static let page = """
            from asyncio import run
            from ssl import create_default_context
            from sys import argv
            from websockets import connect

            async def main():
                context = create_default_context(cafile=argv[2])
                async with connect(argv[1], ssl=context, origin="https://panel.example", subprotocols=["roost.stream.v1"]) as console:
                    said = b""
                    await console.send(b"\\0\\n")
                    while b"#" not in said:
                        said += (await console.recv())[1:]
                    await console.send(b"\\0echo a browser\\\\'s $((40 + 2))\\n")
                    while b"a browser's 42" not in said:
                        said += (await console.recv())[1:]
                    print(said.decode())

            run(main())
            """

        private static let authenticator = """
            from base64 import b32decode
            from hmac import digest
            from sys import argv
            mac = digest(b32decode(argv[1]), int(argv[2]).to_bytes(8, "big"), "sha1")
            print("%06d" % ((int.from_bytes(mac[mac[-1] & 15:][:4], "big") & 0x7fffffff) % 1000000))
            """
    }
}
