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
                    #expect(eventually { (try? roost.console("acme/web1", "echo $((6 * 7)) after \(daemon)"))?.output.contains("42 after \(daemon)") == true }, "\(roost.logs)")
                }
                #expect(try roost.console("acme/web1", "").output.contains("42 after roostd"), "what it said before")
                // The guest can end by itself, and it is seen.
                _ = try roost.exec("acme/web1", "poweroff")
                #expect(eventually { (try? roost.show("acme/web1"))?.state == "stopped" }, "\(roost.logs)")
                try roost.must("vps", "start", "acme/web1")
                _ = try roost.exec("acme/web1", "reboot")
                #expect(eventually { (try? roost.show("acme/web1")).map { $0.state == "running" && $0.initPid != before.initPid } == true }, "\(roost.logs)")
            }
        }

        /// As after a loss of power: nothing that was in memory is left, and the node comes up without the control plane.
        @Test func whatRanOnAHostThatWentDownRunsAgain() throws {
            try withPlatform(slot: 23) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                for name in ["acme/on", "acme/off"] { try roost.must("vps", "create", name, "--plan", "small", "--template", "busybox") }
                _ = try roost.exec("acme/on", "echo kept >/root/note; sync")
                try roost.must("vps", "stop", "acme/off")
                let before = try roost.show("acme/on")
                for daemon in ["roostd", "roost-node"] { roost.kill(daemon) }
                let pid = try #require(before.initPid)
                for process in [try roost.warden(of: pid), pid] { #expect(Foundation.kill(process, SIGKILL) == 0) }
                try run("sh", ["-c", "umount \"$FOLDER/state/pool\" && nft delete table inet $TAG && rm -r \"$FOLDER\"/run/node \"$FOLDER\"/run/wardens"], environment: ["FOLDER": roost.folder, "TAG": roost.tag])

                try roost.start("roost-node")
                #expect(try eventually { try run("sh", ["-c", "cat $(find /sys/fs/cgroup -path \"*/$TAG/$ID/guest/cgroup.procs\")"], environment: ["TAG": roost.tag, "ID": before.id]).output != "" }, "\(roost.logs)")
                try roost.start("roostd")
                #expect(eventually { (try? roost.show("acme/on"))?.state == "running" }, "\(roost.logs)")
                #expect(try roost.show("acme/on").initPid != pid)
                #expect(try roost.exec("acme/on", "cat /root/note").output == "kept\n")
                #expect(try roost.show("acme/on").addresses.map(\.address) == before.addresses.map(\.address))
                #expect(try roost.show("acme/off").state == "stopped")

                // Its warden alone: nobody hears of the guest's end any more, so that comes now.
                let again = try #require(try roost.show("acme/on").initPid)
                #expect(Foundation.kill(try roost.warden(of: again), SIGKILL) == 0)
                #expect(eventually { (try? roost.show("acme/on"))?.state == "failed" }, "\(roost.logs)")
                #expect(try eventually { try run("sh", ["-c", "grep -s ^State: /proc/$PID/status | grep -v Z"], environment: ["PID": "\(again)"]).output == "" }, "its init is left")
                try roost.must("vps", "start", "acme/on")
                #expect(try roost.exec("acme/on", "cat /root/note").output == "kept\n")
            }
        }

        @Test func theDoctorSeesAFirewallThatSomebodyFlushed() throws {
            try withPlatform(slot: 24) { roost in
                var found = try roost.doctor()
                for name in ["kernel", "privileges", "seccomp", "cgroups", "device guard", "firewall", "pool"] { #expect(found[name]?.status == "ok", "\(name): \(found)") }
                try run("nft", ["delete", "table", "inet", roost.tag])
                found = try roost.doctor()
                #expect(found["firewall"]?.status == "missing" && found["firewall"]?.remedy.isEmpty == false, "\(found)")
                roost.kill("roost-node")
                try roost.start("roost-node")
                #expect(eventually { (try? roost.doctor())?["firewall"]?.status == "ok" }, "\(roost.logs)")
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
                        try interrupted(roost, daemon, after: delay) { _ = try roost.roost("vps", "start", name, "--no-wait") }
                        #expect(eventually { (try? roost.roost("vps", "start", name))?.status == 0 && (try? roost.show(name))?.state == "running" }, "\(name) \(roost.logs)")
                        try interrupted(roost, daemon, after: delay) { _ = try roost.roost("vps", "delete", name, "--yes", "--no-wait") }
                        #expect(eventually { (try? roost.roost("vps", "delete", name, "--yes")).map { [0, 3].contains($0.status) } == true }, "\(name) \(roost.logs)")
                    }
                }
                #expect(eventually { (try? roost.list())?.isEmpty == true })
                let leases = try roost.must("address", "list", "--output", "json").output
                #expect((try JSONSerialization.jsonObject(with: Data(leases.utf8)) as? [Any])?.isEmpty == true, "\(leases)")
                #expect(try roost.remains() == [])
            }
        }

        @Test func aRestartDuringWhichADaemonIsKilledHappensOnce() throws {
            try withPlatform(slot: 19) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                try roost.must("vps", "create", "acme/web1", "--plan", "small", "--template", "busybox")
                #expect(try roost.exec("acme/web1", "printf '#!/bin/sh\necho >> /boots\n' > /etc/rc.local; chmod 755 /etc/rc.local").status == 0)
                var boots = 0
                for daemon in ["roost-node", "roostd"] {
                    for (delay, force) in [(0.0, ["--force"]), (0.01, ["--force"]), (0.02, ["--force"]), (0.04, ["--force"]), (0.06, ["--force"]), (0.1, []), (0.5, [])] {
                        try interrupted(roost, daemon, after: delay) { try roost.must(["vps", "restart", "acme/web1", "--no-wait"] + force) }
                        boots += 1
                        #expect(eventually { (try? roost.operationStatuses())?.isSubset(of: ["succeeded", "failed"]) == true }, "\(roost.logs)")
                        // The operation may have ended before the daemon was killed, which has to come back first.
                        #expect(eventually { (try? roost.show("acme/web1"))?.state == "running" }, "\(roost.logs)")
                        #expect(eventually { (try? roost.exec("acme/web1", "wc -l < /boots"))?.output == "\(boots)\n" }, "\(daemon) after \(delay) s: \(roost.logs)")
                    }
                }
            }
        }

        /// FrameKind.message, on the node's socket.
        private static let messageKind = 16

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

        // What one start opens, the programs of others hold for a moment: a mount that somebody may write to cannot be mapped.
        @Test func startsSideBySideDoNotDisturbEachOther() throws {
            try withPlatform(slot: 22) { roost in
                try roost.makeTenant(vps: 40, addresses: 40)
                try roost.must("plan", "create", "tiny", "--cpu", "0.1", "--memory", "16MiB", "--disk", "64MiB")
                try roost.must("template", "build", "busybox")
                let script = "seq 40 | xargs -P 10 -I N \"$ROOST\" vps create acme/nN --plan tiny --template busybox"
                let outcome = try run("sh", ["-c", script], environment: ["ROOST": Platform.programs.appending(path: "roost").path(), "ROOST_SOCKET": roost.socket], seconds: 120 * Machine.patience)
                let said = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("creating ") }  // progress
                #expect(outcome.status == 0, "\(said.joined(separator: "\n"))")
                #expect(try roost.list().filter { $0.state == "running" }.count == 40, "\(roost.logs)")
            }
        }

        @Test func aGuestWithoutAnInitOrWithOneThatEndsAtOnceIsShownAsFailedAndCanBeRemoved() throws {
            try withPlatform(slot: 10) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                for (name, command, words) in [
                    ("gone", "rm /sbin/init", "No such file"),
                    ("linked", "umount -l /run && rmdir /run && ln -s /tmp /run", "at /run: Too many levels of symbolic links"),
                    ("brief", "rm /sbin/init; printf '#!/bin/sh\necho last words\nexit 3\n' > /sbin/init; chmod 755 /sbin/init", "status 3"),
                ] {
                    try roost.must("vps", "create", "acme/\(name)", "--plan", "small", "--template", "busybox")
                    #expect(try roost.exec("acme/\(name)", command).status == 0)
                    _ = try roost.roost("vps", "restart", "acme/\(name)", "--force")
                    #expect(eventually { (try? roost.show("acme/\(name)"))?.state == "failed" }, "\(name)")
                    let shown = try roost.show("acme/\(name)")
                    #expect(shown.stateReason?.contains(words) == true, "\(name): \(shown.stateReason ?? "no reason")")
                    try roost.must("vps", "delete", "acme/\(name)", "--yes")
                }
                #expect(try roost.list().isEmpty)
            }
        }

        @Test func aPoolThatIsFullIsRefusedBeforeAGuestNoticesIt() throws {
            try withPlatform(slot: 11, pool: "1GiB") { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                try roost.must("vps", "create", "acme/a", "--plan", "small", "--template", "busybox")
                try roost.must("plan", "create", "large", "--cpu", "0.5", "--memory", "64MiB", "--disk", "1GiB")
                let denied = try roost.roost("vps", "create", "acme/b", "--plan", "large", "--template", "busybox")
                #expect(denied.status != 0 && denied.errors.contains("resource_unavailable"), "\(denied)")
                #expect(try roost.list().count == 1)
            }
        }

        @Test func aSecondDaemonOnTheSameFoldersRefuses() throws {
            try withPlatform(slot: 12) { roost in
                for name in ["roostd", "roost-node"] {
                    let second = try run(Platform.programs.appending(path: name).path(), ["--config", "\(roost.folder)/roost.yaml"], seconds: 20)
                    #expect(second.status != 0 && second.status != 124, "\(name): \(second)")
                    #expect(!second.errors.isEmpty, "\(name)")
                }
                let elsewhere = try String(contentsOfFile: "\(roost.folder)/roost.yaml", encoding: .utf8).replacingOccurrences(of: "runtime: \(roost.folder)/run", with: "runtime: \(roost.folder)/other-run")
                try elsewhere.write(toFile: "\(roost.folder)/other.yaml", atomically: true, encoding: .utf8)
                let third = try run(Platform.programs.appending(path: "roost-node").path(), ["--config", "\(roost.folder)/other.yaml"], seconds: 20)
                #expect(third.status != 0 && third.status != 124 && third.errors.contains("pool.lock"), "\(third)")
                #expect(try roost.roost("node", "list", "--output", "json").output.contains("online"))
            }
        }

        @Test func nobodyElseGetsThroughToTheDaemonsEvenWhereTheirSocketsAreOpen() throws {
            try withPlatform(slot: 21) { roost in
                try run("chmod", ["-R", "a+rX", roost.folder])
                try run("chmod", ["0666", roost.socket, "\(roost.folder)/run/node/node.sock"])
                let stranger = ["--reuid", "61299", "--regid", "61299", "--clear-groups"]
                let asked = try run("setpriv", stranger + ["curl", "-sS", "--max-time", "10", "--unix-socket", roost.socket, "http://roost/v1/vps"])
                #expect(asked.status != 0 || asked.output.contains("forbidden"), "\(asked)")
                #expect(try run("setpriv", stranger + [Platform.programs.appending(path: "roost").path(), "vps", "list"], environment: ["ROOST_SOCKET": roost.socket]).status != 0)
                let script = "import json, socket, struct; s = socket.socket(socket.AF_UNIX); s.settimeout(10); s.connect('\(roost.folder)/run/node/node.sock'); m = json.dumps({'capacity': {}}).encode(); s.sendall(struct.pack('>IB', len(m) + 1, \(Self.messageKind)) + m); print(len(s.recv(4096)))"
                let own = try run("setpriv", ["--reuid", Platform.roostdUser, "--regid", Platform.roostdUser, "--clear-groups", "/usr/bin/python3", "-c", script])
                #expect((Int(own.trimmed) ?? 0) > 100, "roostd's user is answered: \(own)")
                let refused = try run("setpriv", stranger + ["/usr/bin/python3", "-c", script])
                #expect((Int(refused.trimmed) ?? 0) == 0, "\(refused)")
            }
        }

        @Test func aTemplateThatCannotBeBuiltSaysWhyAndLeavesNothing() throws {
            try withPlatform(slot: 13) { roost in
                try run("sh", ["-c", "mkdir \"$F/recipes\" && sed 's/^packages:/packages:\\n  - no-such-package-at-all/' \"$R/debian-12.yaml\" > \"$F/recipes/debian-12.yaml\""], environment: ["F": roost.folder, "R": Platform.recipes])
                try roost.restartNode(recipes: "\(roost.folder)/recipes")
                let failed = try roost.roost("template", "build", "debian-12", seconds: 300)
                #expect(failed.status == 1, "\(failed)")
                #expect(failed.errors.contains("no-such-package-at-all"), "\(failed)")
                #expect(try roost.roost("template", "show", "debian-12").status == 3)
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

extension EndToEnd {
    @Suite struct Sessions {
        @Test func commandsThatFailAreLeftOrLeaveOthersBehindCostTheNodeNothing() throws {
            try withPlatform(slot: 14) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                try roost.must("vps", "create", "acme/a", "--plan", "small", "--template", "busybox")
                let before = try roost.nodeBurden()
                for _ in 0..<10 {
                    #expect(try roost.exec("acme/a", "true").status == 0)
                    #expect(try roost.roost("vps", "exec", "acme/a", "--no-tty", "--", "no-such-program").status != 0)
                    #expect(try roost.exec("acme/a", "sleep 1000 & echo left one behind").output == "left one behind\n")
                }
                // A user who hangs up: the program goes with him.
                _ = try run("timeout", ["-s", "KILL", "2", Platform.programs.appending(path: "roost").path(), "vps", "exec", "acme/a", "--no-tty", "--", "sleep", "4242"], environment: ["ROOST_SOCKET": roost.socket])
                #expect(try eventually(seconds: 10) { try !roost.exec("acme/a", "ps").output.contains("sleep 4242") })
                // Much output to a slow reader arrives whole.
                let much = try run("sh", ["-c", "\"$ROOST\" vps exec acme/a --no-tty -- sh -c 'seq 1 200000' | (sleep 2; cksum)"], environment: ["ROOST_SOCKET": roost.socket, "ROOST": Platform.programs.appending(path: "roost").path()])
                #expect(much.output == (try run("sh", ["-c", "seq 1 200000 | cksum"])).output)
                // Many at once do not make the warden look dead.
                let many = try run("sh", ["-c", "seq 24 | xargs -P 24 -I N \"$ROOST\" vps exec acme/a --no-tty -- sleep 1; \"$ROOST\" vps start acme/a"], environment: ["ROOST_SOCKET": roost.socket, "ROOST": Platform.programs.appending(path: "roost").path()])
                #expect(many.status == 0, "\(many)")
                #expect(try roost.show("acme/a").state == "running")
                var after = before
                _ = try eventually(seconds: 10) {
                    after = try roost.nodeBurden()
                    return after == before
                }
                #expect(after == before, "children, descriptors")
            }
        }
    }
}

extension Platform {
    /// Children (zombies too) and descriptors of roost-node.
    func nodeBurden() throws -> [String] {
        let pid = try run("sh", ["-c", "grep -lF \"$F/roost.yaml\" /proc/[0-9]*/cmdline | while read f; do d=${f%/cmdline}; [ \"$(cat $d/comm)\" = roost-node ] && echo ${d#/proc/}; done | head -n 1"], environment: ["F": folder]).trimmed
        let children = try run("sh", ["-c", "cat /proc/\(pid)/task/*/children | wc -w; ls /proc/\(pid)/fd | wc -l"]).output
        return children.split(separator: "\n").map(String.init)
    }
}
