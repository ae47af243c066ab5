import Foundation
import Testing

extension EndToEnd {
    /// As a hoster's other programs run the business: a billing system, its clerk, a file that is kept in a repository.
    @Suite struct Selling {
        @Test func nothingOfASuspendedTenantRunsUntilEachReasonIsLiftedByWhoMay() throws {
            try withPlatform(slot: 27) { roost in
                let server = try roost.listen()
                try roost.makeTenant()
                try roost.makeBusybox()
                for name in ["web1", "web2"] { try roost.must("vps", "create", "acme/\(name)", "--plan", "small", "--template", "busybox") }
                try roost.must("vps", "create", "acme/idle", "--plan", "small", "--template", "busybox", "--no-start")
                let clerk = try roost.token("books", "--role", "clerk")
                let owner = try roost.token("panel", "--tenant", "acme", "--role", "owner")
                let processes = try roost.list().compactMap(\.initPid)
                #expect(processes.count == 2)

                func clerks(_ method: String, _ reason: String) throws -> String {
                    let body = method == "PUT" ? ["-H", "Content-Type: application/json", "-d", #"{"detail":"invoice 17"}"#] : []
                    return try server.curl("/v1/tenants/acme/suspensions/\(reason)", ["-X", method] + body, token: clerk.secret).output
                }
                #expect(try clerks("PUT", "billing").hasSuffix(" 200"))
                #expect(try clerks("PUT", "abuse").hasSuffix(" 403"))
                try roost.must("tenant", "suspend", "acme", "--reason", "abuse", "--detail", "spam")
                #expect(try roost.list().map(\.state) == ["stopped", "stopped", "stopped"])
                #expect(processes.allSatisfy { !FileManager.default.fileExists(atPath: "/proc/\($0)") })
                let table = try roost.must("tenant", "list").output
                #expect(table.contains("abuse, billing"), "\(table)")

                // The tenant sees why, and can do nothing about it; a restart of everything changes nothing.
                let start = try server.curl("/v1/tenants/acme/vps/web1/start", "-X", "POST", token: owner.secret).output
                #expect(start.contains(#""code":"suspended""#) && start.hasSuffix(" 409"), "\(start)")
                #expect(try server.curl("/v1/tenants/acme/vps/web1", token: owner.secret).output.contains("suspended: abuse (spam), billing (invoice 17)"))
                for daemon in ["roostd", "roost-node"] {
                    roost.kill(daemon)
                    try roost.start(daemon)
                }
                #expect(eventually { (try? roost.list().allSatisfy { $0.state == "stopped" }) == true }, "\(roost.logs)")

                #expect(try clerks("DELETE", "abuse").hasSuffix(" 403"))
                #expect(try clerks("DELETE", "billing").hasSuffix(" 204"))
                #expect(try roost.list().allSatisfy { $0.state == "stopped" })
                try roost.must("tenant", "unsuspend", "acme", "--reason", "abuse")
                #expect(try roost.list().map { "\($0.name) \($0.state)" }.sorted() == ["idle stopped", "web1 running", "web2 running"])

                // One alone.
                try roost.must("vps", "suspend", "acme/web1", "--reason", "quota")
                #expect(try roost.list().map { "\($0.name) \($0.state)" }.sorted() == ["idle stopped", "web1 stopped", "web2 running"])
                try roost.must("vps", "delete", "acme/web1", "--yes")
            }
        }

        @Test func aFileIsAppliedShownAndAppliedAgain() throws {
            try withPlatform(slot: 29) { roost in
                try roost.must("template", "build", "busybox")
                func apply(_ text: String, _ arguments: String...) throws -> Outcome {
                    try text.write(toFile: "\(roost.folder)/hosting.yaml", atomically: true, encoding: .utf8)
                    return try roost.roost(["apply", "-f", "\(roost.folder)/hosting.yaml"] + arguments)
                }
                let first = """
                    plans:
                      small: {cpu: 0.5, memory: 64MiB, disk: 64MiB}
                      large: {cpu: 1, memory: 128MiB, disk: 64MiB}
                    tenants:
                      acme:
                        quota: {vps: 2, cpu: 1, memory: 128MiB, disk: 1GiB, addresses: 2}
                        vps:
                          web1: {plan: small, template: busybox}
                          idle: {plan: small, template: busybox, state: stopped}
                    """
                let shown = try apply(first, "--dry-run")
                #expect(shown.status == 0 && shown.output.split(separator: "\n").count == 5 && shown.output.hasPrefix("+ plan small: cpu 0.5, memory 64 MiB, disk 64 MiB\n"), "\(shown)")
                #expect(try roost.list().isEmpty)
                #expect(try apply(first).output == shown.output)
                #expect(try roost.list().map { "\($0.name) \($0.state)" }.sorted() == ["idle stopped", "web1 running"])
                #expect(try apply(first).output == "nothing to change\n")
                let second = first.replacingOccurrences(of: "cpu: 1, memory: 128MiB, disk: 1GiB", with: "cpu: 2, memory: 192MiB, disk: 1GiB").replacingOccurrences(of: "web1: {plan: small", with: "web1: {plan: large").replacingOccurrences(of: ", state: stopped", with: "")
                let changed = try apply(second)
                #expect(changed.status == 0 && changed.output == "~ tenant acme: cpu 1 → 2, memory 128 MiB → 192 MiB\n~ vps acme/web1: plan small → large\n~ vps acme/idle: start\n", "\(changed)")
                let wrong = try apply(second.replacingOccurrences(of: "template: busybox", with: "tempalte: busybox"))
                #expect(wrong.status == 2 && wrong.errors.contains("hosting.yaml:8: tenants.acme.vps.web1.tempalte: unknown"), "\(wrong)")
                let over = try apply(second.replacingOccurrences(of: "memory: 192MiB", with: "memory: 100MiB").replacingOccurrences(of: "vps:\n", with: "vps:\n      more: {plan: large, template: busybox}\n"))
                #expect(over.status == 4 && over.errors.contains("[resource_limit_exceeded]"), "\(over)")
                for name in ["web1", "idle"] { try roost.must("vps", "delete", "acme/\(name)", "--yes") }
            }
        }

        @Test func aResellerSellsOnWhatItHasAndNoMore() throws {
            try withPlatform(slot: 33) { roost in
                let server = try roost.listen()
                try roost.makeBusybox()
                try roost.makeTenant("other")
                try roost.must("tenant", "create", "agent", "--vps", "2", "--cpu", "8", "--memory", "1GiB", "--disk", "10GiB", "--addresses", "2", "--reseller")
                let panel = try roost.token("panel", "--tenant", "agent", "--role", "owner")
                #expect(try server.tenant("login", server.url, "--token", panel.secret, "--fingerprint", try server.fingerprint()).status == 0)
                func agent(_ line: String) throws -> Outcome { try server.tenant(line.split(separator: " ").map(String.init)) }
                func expect(_ status: Int32, _ line: String, _ words: String = "") throws {
                    let outcome = try agent(line)
                    #expect(outcome.status == status && (words.isEmpty || outcome.output.contains(words) || outcome.errors.contains(words)), "\(line): \(outcome)")
                }
                let all = "--vps 2 --cpu 8 --memory 1GiB --disk 10GiB --addresses 2"
                try expect(5, "tenant create shop \(all)", "it begins with agent-")
                try expect(4, "tenant create agent-big --vps 3", "vps")
                for name in ["agent-one", "agent-two"] {
                    try expect(0, "tenant create \(name) \(all)")
                    try expect(0, "vps create \(name)/web1 --plan small --template busybox")
                }
                try expect(4, "vps create agent-two/web2 --plan small --template busybox", "the quota of the reseller agent")
                try expect(0, "vps exec agent-two/web1 --no-tty -- hostname", "web1")
                for strange in ["tenant show other", "tenant delete other --yes", "tenant suspend other --reason reseller"] { try expect(3, strange, "[not_found]") }
                try expect(1, "tenant set agent --vps 100", "[forbidden]")
                let table = try agent("tenant list").output
                #expect(table.split(separator: "\n").count == 4 && table.contains("itself") && !table.contains("other"), "\(table)")

                try expect(0, "tenant suspend agent-one --reason reseller --detail unpaid", "suspended")
                #expect(try roost.list().map { "\($0.name) \($0.state)" }.sorted() == ["web1 running", "web1 stopped"])
                try expect(0, "tenant unsuspend agent-one --reason reseller")
                try roost.must("tenant", "suspend", "agent", "--reason", "billing", "--detail", "secret")
                #expect(eventually { (try? roost.list().allSatisfy { $0.state == "stopped" }) == true })
                let customer = try roost.token("customer", "--tenant", "agent-one", "--role", "owner")
                let seen = try server.curl("/v1/tenants/agent-one/vps/web1", token: customer.secret).output
                #expect(seen.contains(#""reason":"billing""#) && seen.contains(#""scope":"reseller""#) && !seen.contains("secret"), "\(seen)")
                try roost.must("tenant", "unsuspend", "agent", "--reason", "billing")
                #expect(eventually { (try? roost.list().allSatisfy { $0.state == "running" }) == true }, "\(roost.logs)")
                for name in ["agent-one", "agent-two"] {
                    try expect(0, "vps delete \(name)/web1 --yes")
                    try expect(0, "tenant delete \(name) --yes")
                }

                // Its billing system is the hoster's, with its own books; its customers come in by a link.
                let environment = ["ROOST_URL": server.url, "ROOST_TOKEN": panel.secret, "ROOST_CAFILE": server.certificate, "ROOST_PREFIX": "agent", "ROOST_SUSPENSION": "reseller", "ROOST_PANEL": "https://panel.example/enter"]
                func module(_ verb: String, _ json: String) throws -> Outcome { try run("python3", [Platform.source.appending(path: "deploy/provisioning/roost_module.py").path(), verb], environment: environment, input: json) }
                for round in 1...2 {
                    #expect(try module("create", #"{"id":"17","customer":"c3","username":"web1","plan":"small","template":"busybox"}"#).output == "success\n", "time \(round)")
                    #expect(try module("suspend", #"{"id":"17","reason":"invoice 9"}"#).output == "success\n", "time \(round)")
                    #expect(try module("unsuspend", #"{"id":"17"}"#).output == "success\n", "time \(round)")
                }
                let link = try module("single-sign-on", #"{"id":"17"}"#).output.trimmingCharacters(in: .newlines)
                #expect(link.hasPrefix("https://panel.example/enter?ticket=roost_"), "\(link)")
                let entering = ["-X", "POST", "-H", "Content-Type: application/json", "-d", #"{"ticket":"\#(link.split(separator: "=").last ?? "")"}"#]
                struct Entered: Decodable { var secret: String }
                let entered = try server.curl("/v1/sign-ons", entering, token: nil).output
                #expect(entered.hasSuffix(" 201"), "\(entered)")
                let session = try JSONDecoder().decode(Entered.self, from: Data(entered.dropLast(4).utf8))
                #expect(try server.curl("/v1/caller", token: session.secret).output.contains(#""user":"customer""#))
                #expect(try server.curl("/v1/sign-ons", entering, token: nil).output.hasSuffix(" 401"), "once")
                #expect(try module("terminate", #"{"id":"17"}"#).output == "success\n")
                #expect(!roost.logs.contains(session.secret))
            }
        }

        /// The reference client does what a billing system asks of its module, twice each.
        @Test func aBillingSystemSellsSuspendsChangesAndEndsAService() throws {
            try withPlatform(slot: 28) { roost in
                let server = try roost.listen()
                try roost.makeBusybox()
                try roost.must("plan", "create", "large", "--cpu", "1", "--memory", "128MiB", "--disk", "300MiB")
                let admin = try roost.token("billing", "--role", "admin")
                func module(_ verb: String, _ json: String = "{}") throws -> Outcome {
                    try run("python3", [Platform.source.appending(path: "deploy/provisioning/roost_module.py").path(), verb], environment: ["ROOST_URL": server.url, "ROOST_TOKEN": admin.secret, "ROOST_CAFILE": server.certificate], input: json)
                }
                func twice(_ verb: String, _ json: String) throws {
                    for round in 1...2 { #expect(try module(verb, json).output == "success\n", "\(verb), time \(round)") }
                }
                try twice("create", #"{"id":"17","customer":"c3","username":"web1","plan":"small","template":"busybox"}"#)
                let first = try #require(roost.list().first)
                #expect(first.state == "running" && first.name == "web1")
                try twice("change-package", #"{"id":"17","plan":"large"}"#)
                #expect(Self.memoryLimit(first) == 134_217_728)
                #expect(try roost.list().first?.initPid == first.initPid, "it was not restarted for it")
                let smaller = try module("change-package", #"{"id":"17","plan":"small"}"#)
                #expect(smaller.status == 1 && smaller.output.contains("stop it first [conflict]"), "\(smaller)")
                try twice("change-password", #"{"id":"17","password":"correct horse battery"}"#)
                let shadow = try roost.must("vps", "exec", "billing-c3/web1", "--no-tty", "--", "cat", "/etc/shadow").output
                #expect(shadow.split(separator: "\n").contains { $0.hasPrefix("root:$") }, "\(shadow)")
                let quota = try roost.must("tenant", "show", "billing-c3", "--output", "json").output
                #expect(quota.filter { !$0.isWhitespace }.contains(#""quota":{"addresses":1,"cpuMillicores":1000,"diskBytes":314572800,"memoryBytes":134217728,"vps":1}"#), "\(quota)")
                #expect(try module("usage").output.contains(#""17": {"cpuMillicores": 1000"#))
                try twice("suspend", #"{"id":"17","reason":"invoice 99 is overdue"}"#)
                #expect(eventually { (try? roost.list().first?.state) == "stopped" })
                let start = try roost.roost("vps", "start", "billing-c3/web1")
                #expect(start.status == 5 && start.errors.contains("[suspended]"), "\(start)")
                try twice("unsuspend", #"{"id":"17"}"#)
                #expect(eventually { (try? roost.list().first?.state) == "running" })
                try twice("terminate", #"{"id":"17"}"#)
                #expect(try roost.list().isEmpty)
                #expect(try module("suspend", #"{"id":"17","reason":"x"}"#).output == "there is no service 17 [not_found]\n")
                try twice("create", #"{"id":"17","customer":"c3","username":"web1","plan":"small","template":"busybox"}"#)
                try roost.must("vps", "delete", "billing-c3/web1", "--yes")
                let audit = try roost.must("audit", "list", "--subject", "billing-c3/web1", "--limit", "100").output
                #expect(audit.contains("127.0.0.1") && audit.contains("plan small → large") && !audit.contains("correct horse"), "\(audit)")
                #expect(try roost.must("audit", "verify").output.contains("all as they were"))
                #expect(!roost.logs.contains("correct horse"))
            }
        }

        /// What its cgroups, v1's or v2's, hold a VPS's memory to, in bytes.
        private static func memoryLimit(_ vps: Platform.Shown) -> Int64? {
            guard let pid = vps.initPid, let groups = try? String(contentsOfFile: "/proc/\(pid)/cgroup", encoding: .utf8) else { return nil }  // it has ended
            let lines = groups.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false) }
            let v1 = lines.first { $0.count == 3 && $0[1] == "memory" }, v2 = lines.first { $0.count == 3 && $0[0] == "0" }
            guard let line = v1 ?? v2 else { return nil }
            // The guest's own group is somewhere below the one that has the limit.
            var folder = URL(filePath: v1 == nil ? "/sys/fs/cgroup\(line[2])" : "/sys/fs/cgroup/memory\(line[2])")
            while folder.path() != "/sys/fs/cgroup/" && folder.path() != "/" {
                let text = try? String(contentsOf: folder.appending(path: v1 == nil ? "memory.max" : "memory.limit_in_bytes"), encoding: .utf8)  // not there: above
                if let limit = text.flatMap({ Int64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }), limit < 1 << 50 { return limit }
                folder.deleteLastPathComponent()
            }
            return nil
        }
    }
}
