import Foundation
import Testing

extension EndToEnd {
    @Suite(.enabled(if: Machine.hasMirror || ProcessInfo.processInfo.environment["ROOST_TEST_IMAGES"] != nil, "needs the package mirror, or images built where there is one"))
    struct Debian {
        private struct Begun: Decodable { var id: String; var progress: Int }

        private static func latest(_ roost: Platform) throws -> Begun? { try JSONDecoder().decode([Begun].self, from: Data(try roost.must("operation", "list", "--output", "json").output.utf8)).first }

        @Test func aTemplatesBuildThatIsCancelledLeavesNothing() throws {
            try withPlatform(slot: 32) { roost in
                try roost.must("template", "build", "debian-12", "--no-wait")
                #expect(eventually(seconds: 60) { ((try? Self.latest(roost))?.progress ?? 0) > 5 }, "\(roost.logs)")
                let id = try #require(try Self.latest(roost)).id
                let cancelled = try roost.must("operation", "cancel", id).output
                #expect(cancelled.contains("cancelled"), "\(cancelled)")
                let waited = try roost.roost("operation", "wait", id)
                #expect(waited.status == 1 && waited.errors.contains("it was cancelled [cancelled]"), "\(waited)")
                let templates = "\(roost.folder)/state/pool/templates"
                #expect(eventually { (try? FileManager.default.contentsOfDirectory(atPath: templates).isEmpty) == true }, "\(roost.logs)")
                #expect(try run("pgrep", ["-af", "[m]mdebstrap.*\(templates)"]).output == "", "nobody builds any more (the brackets: a pattern does not match itself)")
                try roost.must("template", "build", "busybox")
            }
        }

        @Test func aDebianVPSBootsToRunningAndIsLoggedInto() throws {
            try withPlatform(slot: 8) { roost in
                try roost.makeTenant()
                try roost.must("plan", "create", "small", "--cpu", "0.5", "--memory", "256MiB", "--disk", "2GiB")
                try roost.must("template", "build", "debian-12", seconds: 600)
                try run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(roost.folder)/key"])
                try roost.must("vps", "create", "acme/web1", "--plan", "small", "--template", "debian-12", "--ssh-key", "\(roost.folder)/key.pub")
                let web = try roost.show("acme/web1")
                var state = ""
                let booted = eventually(seconds: 60) {
                    state = (try? roost.exec("acme/web1", "systemctl is-system-running"))?.trimmed ?? ""
                    return state == "running" || state == "degraded"
                }
                #expect(booted && state == "running", "\(state): \((try? roost.exec("acme/web1", "systemctl --failed --no-legend; journalctl -b -p warning --no-pager | tail -30"))?.output ?? "")")
                let login = ["-i", "\(roost.folder)/key", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "ConnectTimeout=10"]
                var said = Outcome(status: 1, output: "", errors: "")
                let loggedIn = try eventually(seconds: 30) {
                    said = try run("ssh", login + ["root@\(web.ipv4)", "hostname; cat /proc/self/uid_map; df -B1 --output=size / | tail -1; nproc"], seconds: 30)
                    return said.status == 0
                }
                #expect(loggedIn, "\(said)")
                #expect(said.output.hasPrefix("web1\n"))
                #expect(said.output.contains("\(2 << 30)"))
                let asksForALogin = eventually { (try? roost.console("acme/web1", ""))?.output.contains("web1 login:") == true }
                #expect(asksForALogin)

                // Another of the same template is another machine.
                try roost.must("vps", "create", "acme/web2", "--plan", "small", "--template", "debian-12")
                func identity(_ name: String) throws -> [String] {
                    let said = try roost.exec("acme/\(name)", "cat /etc/machine-id /proc/self/uid_map; cut -d' ' -f2 /etc/ssh/ssh_host_*_key.pub").output.split(separator: "\n").map(String.init)
                    #expect(said.count >= 4, "\(said)")
                    return said
                }
                _ = eventually(seconds: 60) { (try? roost.exec("acme/web2", "ls /etc/ssh/ssh_host_*_key.pub"))?.status == 0 }
                #expect(Set(try identity("web1")).isDisjoint(with: try identity("web2")))

                // What eats memory is killed, and systemd goes on; so does the other.
                let hog = try roost.exec("acme/web1", "tail /dev/zero; echo status $?", seconds: 120)
                #expect(hog.output.contains("status 137"), "\(hog)")
                for name in ["web1", "web2"] { #expect(try roost.show("acme/\(name)").state == "running") }

                // It restarts and powers off by its own word.
                let first = try #require(try roost.show("acme/web1").initPid)
                _ = try roost.exec("acme/web1", "systemctl reboot")
                #expect(eventually(seconds: 60) { (try? roost.show("acme/web1")).map { $0.state == "running" && $0.initPid != first } == true }, "\(roost.logs)")
                _ = try roost.exec("acme/web2", "systemctl poweroff")
                #expect(eventually(seconds: 60) { (try? roost.show("acme/web2"))?.state == "stopped" }, "\(roost.logs)")
                try roost.must("vps", "stop", "acme/web1", seconds: 60)
                #expect(try roost.show("acme/web1").state == "stopped")
            }
        }
    }
}
