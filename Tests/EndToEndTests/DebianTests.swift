import Foundation
import Testing

extension EndToEnd {
    @Suite(.enabled(if: Machine.hasMirror || ProcessInfo.processInfo.environment["ROOST_TEST_IMAGES"] != nil, "needs the package mirror, or images built where there is one"))
    struct Debian {
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
                // The console has said something, and asks for a login.
                try roost.must("vps", "stop", "acme/web1", seconds: 60)
                #expect(try roost.show("acme/web1").state == "stopped")
            }
        }
    }
}
