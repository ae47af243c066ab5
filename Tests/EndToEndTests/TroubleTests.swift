import Foundation
import Testing

extension EndToEnd {
    @Suite struct Trouble {
        @Test func killedDaemonsLeaveVPSesRunningAndComeBackToThem() throws {
            try withPlatform(slot: 4) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                try roost.must("vps", "create", "acme/web1", "--plan", "small", "--template", "busybox")
                let before = try roost.show("acme/web1")
                for daemon in ["roostd", "roost-node"] {
                    roost.kill(daemon)
                    #expect(FileManager.default.fileExists(atPath: "/proc/\(before.initPid ?? -1)"))
                    try roost.start(daemon)
                    #expect(eventually { (try? roost.show("acme/web1"))?.state == "running" }, "after \(daemon): \(roost.logs)")
                    #expect(try roost.show("acme/web1").initPid == before.initPid)
                    #expect(eventually { (try? roost.exec("acme/web1", "echo alive"))?.output == "alive\n" })
                }
                // The guest can end by itself, and it is seen.
                _ = try roost.exec("acme/web1", "poweroff")
                #expect(eventually { (try? roost.show("acme/web1"))?.state == "stopped" }, "\(roost.logs)")
                try roost.must("vps", "start", "acme/web1")
                _ = try roost.exec("acme/web1", "reboot")
                #expect(eventually { (try? roost.show("acme/web1")).map { $0.state == "running" && $0.initPid != before.initPid } == true }, "\(roost.logs)")
            }
        }

        @Test func aVerbDuringWhichADaemonIsKilledSucceedsWhenItIsSaidAgain() throws {
            try withPlatform(slot: 5) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                for (round, delay) in [0.0, 0.01, 0.03, 0.06].enumerated() {
                    for daemon in ["roost-node", "roostd"] {
                        let name = "acme/k\(round)\(daemon == "roostd" ? "d" : "n")"
                        try interrupted(roost, daemon, after: delay) { _ = try roost.roost("vps", "create", name, "--plan", "small", "--template", "busybox", "--no-wait") }
                        _ = try roost.roost("vps", "create", name, "--plan", "small", "--template", "busybox")  // it may be there already
                        #expect(eventually { (try? roost.show(name))?.state == "running" }, "\(name) \(roost.logs)")
                        try interrupted(roost, daemon, after: delay) { _ = try roost.roost("vps", "stop", name, "--force", "--no-wait") }
                        #expect(eventually { (try? roost.roost("vps", "stop", name, "--force"))?.status == 0 }, "\(name) \(roost.logs)")
                        try interrupted(roost, daemon, after: delay) { _ = try roost.roost("vps", "delete", name, "--yes", "--no-wait") }
                        #expect(eventually { (try? roost.roost("vps", "delete", name, "--yes")).map { [0, 3].contains($0.status) } == true }, "\(name) \(roost.logs)")
                    }
                }
                #expect(eventually { (try? roost.list())?.isEmpty == true })
                let leases = try roost.must("address", "list", "--output", "json").output
                #expect((try JSONSerialization.jsonObject(with: Data(leases.utf8)) as? [Any])?.isEmpty == true, "\(leases)")
                let disks = try FileManager.default.contentsOfDirectory(atPath: "\(roost.folder)/state/pool/vps")
                #expect(disks.isEmpty)
                let links = try run("ip", ["-br", "link"]).output
                #expect(!links.contains("\n\(roost.tag)"))
            }
        }

        private func interrupted(_ roost: Platform, _ daemon: String, after delay: Double, _ verb: () throws -> Void) throws {
            try verb()
            Thread.sleep(forTimeInterval: delay)
            roost.kill(daemon)
            try roost.start(daemon)
        }

        @Test func twoHundredCreationsAtOnceAgainstAQuotaOfSevenMakeExactlySeven() throws {
            try withPlatform(slot: 6) { roost in
                try roost.makeTenant(vps: 7, addresses: 100)
                try roost.makeBusybox()
                let body = #"{"name":"n$1","plan":"small","template":"busybox","start":false}"#
                let script = "seq 200 | xargs -P 40 -n 1 sh -c 'curl -s -o /dev/null -w \"%{http_code}\\n\" --unix-socket \"$S\" -H \"Content-Type: application/json\" -H \"Prefer: wait=60\" -d \"$(echo \"$B\" | sed s/\\$1/$0/)\" http://roost/v1/tenants/acme/vps'"
                let codes = try run("sh", ["-c", script], environment: ["S": roost.socket, "B": body], seconds: 120 * Machine.patience).output.split(separator: "\n").map(String.init)
                #expect(codes.count == 200)
                #expect(codes.filter { $0.hasPrefix("2") }.count == 7, "\(Dictionary(grouping: codes, by: \.self).mapValues(\.count))")
                #expect(codes.filter { $0 == "422" }.count == 193)
                #expect(try roost.list().count == 7)
                let disks = try FileManager.default.contentsOfDirectory(atPath: "\(roost.folder)/state/pool/vps")
                #expect(disks.count == 7)
                let denied = try roost.roost("vps", "create", "acme/more", "--plan", "small", "--template", "busybox")
                #expect(denied.status == 4)
                #expect(denied.errors.contains("resource_limit_exceeded") && denied.errors.contains("7"))
            }
        }

        @Test func badInputGetsAClearRefusal() throws {
            try withPlatform(slot: 7) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                let create = ["--plan", "small", "--template", "busybox"]
                for (label, arguments, status) in [
                    ("an unknown tenant", ["vps", "create", "nobody/x"] + create, Int32(3)),
                    ("an unknown plan", ["vps", "create", "acme/x", "--plan", "huge", "--template", "busybox"], 3),
                    ("an unknown template", ["vps", "create", "acme/x", "--plan", "small", "--template", "windows"], 3),
                    ("a name with a slash", ["vps", "create", "acme/x/y"] + create, 2),
                    ("a name with a newline", ["vps", "create", "acme/x\ny"] + create, 2),
                    ("300 characters", ["vps", "create", "acme/" + String(repeating: "x", count: 300)] + create, 2),
                    ("right-to-left marks", ["vps", "create", "acme/\u{202e}x"] + create, 2),
                    ("a negative size", ["plan", "create", "p", "--cpu", "1", "--memory", "-1MiB", "--disk", "1GiB"], 2),
                    ("an absurd size", ["plan", "create", "p", "--cpu", "1", "--memory", "99999999999TiB", "--disk", "1GiB"], 2),
                    ("a tenant twice", ["tenant", "create", "acme", "--vps", "1", "--cpu", "1", "--memory", "1GiB", "--disk", "1GiB", "--addresses", "1"], 5),
                ] {
                    let outcome = try roost.roost(arguments)
                    #expect(outcome.status == status, "\(label): \(outcome)")
                    #expect(!outcome.errors.isEmpty, "\(label)")
                }
                #expect(try roost.list().isEmpty)
                let unknown = try roost.roost("template", "build", "no-such-recipe")
                #expect(unknown.status != 0)
            }
        }
    }
}
