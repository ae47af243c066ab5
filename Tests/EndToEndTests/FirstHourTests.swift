import Foundation
import Testing

/// Everything that needs the platform, one test after another: each makes a whole Roost of its own.
@Suite(.serialized, .enabled(if: Machine.isRoot, "needs root: namespaces, mounts, cgroups"))
enum EndToEnd {}

/// A platform, what is done with it, and the proof that nothing is left.
func withPlatform(slot: Int, pool: String = "12GiB", _ body: (Platform) throws -> Void) throws {
    let platform = try Platform(slot: slot, pool: pool)
    do { try body(platform) } catch {
        let left = (try? platform.tearDown()) ?? []
        Issue.record("\(error) \(left)")
        return
    }
    let logs = platform.logs
    let left = try platform.tearDown()
    #expect(left.isEmpty, "left on the host: \(left.joined(separator: "\n")) \(logs)")
}

extension Platform {
    func makeTenant(_ name: String = "acme", vps: Int = 10, addresses: Int = 10) throws {
        try must("tenant", "create", name, "--vps", "\(vps)", "--cpu", "8", "--memory", "8GiB", "--disk", "100GiB", "--addresses", "\(addresses)")
    }

    func makeBusybox() throws {
        try must("plan", "create", "small", "--cpu", "0.5", "--memory", "64MiB", "--disk", "300MiB", "--processes", "64")
        try must("template", "build", "busybox")
    }
}

extension EndToEnd {
    @Suite struct FirstHour {
        @Test func aTenantsVPSIsMadeUsedStoppedStartedAndRemoved() throws {
            try withPlatform(slot: 1) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                try roost.must("vps", "create", "acme/web1", "--plan", "small", "--template", "busybox")
                var web = try roost.show("acme/web1")
                #expect(web.state == "running")
                let pid = try #require(web.initPid)
                #expect(FileManager.default.fileExists(atPath: "/proc/\(pid)"))
                #expect(!web.ipv4.isEmpty && !web.ipv6.isEmpty)

                let seen = try roost.exec("acme/web1", "hostname; id -u; cat; echo to-error >&2; exit 7", input: "from-input")
                #expect(seen.status == 7)
                #expect(seen.output == "web1\n0\nfrom-input")
                #expect(seen.errors.contains("to-error"))

                // Reached over its veth pair, both families.
                try roost.must("vps", "exec", "acme/web1", "--no-tty", "--", "sh", "-c", "mkdir -p /www; echo a page > /www/index.html; httpd -h /www")
                #expect(eventually { (try? run("curl", ["-fsS", "--max-time", "2", "http://\(web.ipv4)/"]))?.output == "a page\n" })
                #expect(eventually { (try? run("curl", ["-fsS", "--max-time", "2", "http://[\(web.ipv6)]/"]))?.output == "a page\n" })

                try roost.must("vps", "stop", "acme/web1")
                #expect(try roost.show("acme/web1").state == "stopped")
                #expect(!FileManager.default.fileExists(atPath: "/proc/\(pid)"))
                #expect(try roost.exec("acme/web1", "true").status != 0)

                try roost.must("vps", "start", "acme/web1")
                #expect(try roost.exec("acme/web1", "cat /www/index.html").output == "a page\n")
                try roost.must("vps", "restart", "acme/web1", "--force")
                web = try roost.show("acme/web1")
                #expect(web.state == "running")

                try roost.must("vps", "delete", "acme/web1", "--yes")
                #expect(try roost.list().isEmpty)
                #expect(try roost.roost("vps", "show", "acme/web1").status == 3)
                try roost.must("tenant", "delete", "acme", "--yes")
            }
        }

        @Test func aVPSIsHeldToItsLimitsWhileItsNeighbourLives() throws {
            try withPlatform(slot: 2) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                for name in ["a", "b"] { try roost.must("vps", "create", "acme/\(name)", "--plan", "small", "--template", "busybox") }

                // Memory: something inside is killed, the VPS and its neighbour live.
                let hog = try roost.exec("acme/a", "dd if=/dev/zero of=/dev/shm/x bs=1M count=24; tail /dev/zero; echo status $?")
                #expect(hog.output.contains("status 137"), "\(hog)")
                // Processes: the bomb stays inside, and ends with its VPS.
                _ = try roost.exec("acme/a", "bomb() { sleep 1000 & bomb | bomb & }; bomb", seconds: 20)
                let inside = try roost.exec("acme/b", "i=0; while [ $i -lt 20 ]; do true & i=$((i+1)); done; wait; echo fine")
                #expect(inside.output == "fine\n")
                let pid = try #require(try roost.show("acme/a").initPid)
                // How many live of those that want to is chance.
                #expect((10...64).contains(Machine.processes(inTheNamespaceOf: pid)))
                try roost.must("vps", "restart", "acme/a", "--force")
                #expect(try roost.exec("acme/a", "echo fine").output == "fine\n")
                // Disk: the plan's size, and no more.
                let size = try roost.exec("acme/b", "df -k / | tail -1 | awk '{print $2}'")
                #expect(size.trimmed == "\(300 * 1024)")
                let full = try roost.exec("acme/b", "dd if=/dev/zero of=/big bs=1M count=400 2>&1; rm /big && echo removed")
                #expect(full.output.contains("No space left on device") && full.output.contains("removed"), "\(full)")
                #expect(try roost.show("acme/a").state == "running")
                #expect(try roost.show("acme/b").state == "running")
                // CPU: half a core of however many the host has, whatever the neighbour does.
                let hungry = "time -p sh -c 'for i in 1 2 3 4; do timeout 4 sh -c \"while :; do :; done\" & done; wait'"
                try roost.must("vps", "exec", "acme/a", "--no-tty", "--", "sh", "-c", "(\(hungry)) > /used 2>&1 < /dev/null &")
                let ofB = try Self.seconds(roost.exec("acme/b", "(\(hungry)) 2>&1", seconds: 60).output)
                #expect(eventually { (try? roost.exec("acme/a", "cat /used"))?.output.contains("sys") == true })
                let ofA = try Self.seconds(roost.exec("acme/a", "cat /used").output)
                #expect((1.0...2.6).contains(ofA) && (1.0...2.6).contains(ofB), "2 of 4 s each: \(ofA), \(ofB)")
            }
        }

        /// Of processors, as `time -p` says it.
        private static func seconds(_ said: String) throws -> Double {
            let words = said.split { $0.isWhitespace }
            return try ["user", "sys"].map { name in try #require(words.firstIndex(of: Substring(name)).flatMap { Double(words[$0 + 1]) }, "\(said)") }.reduce(0, +)
        }

        @Test func twoVPSesShareNothingAndDoNotReachEachOther() throws {
            try withPlatform(slot: 3) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                for name in ["a", "b"] { try roost.must("vps", "create", "acme/\(name)", "--plan", "small", "--template", "busybox") }
                let maps = try ["a", "b"].map { try roost.exec("acme/\($0)", "cat /proc/self/uid_map").output }
                #expect(maps[0] != maps[1])
                #expect(maps.allSatisfy { !$0.isEmpty })
                let b = try roost.show("acme/b")
                for address in [b.ipv4, b.ipv6] { #expect(try roost.exec("acme/a", "ping -c 1 -W 1 \(address)").status != 0, "a reached \(address)") }
                #expect(try roost.exec("acme/a", "ls /sys/fs/cgroup; cat /proc/1/environ | tr '\\0' '\\n'").output.contains("container="))
                // Nothing of the host or of the neighbour is to be seen.
                let seen = try roost.exec("acme/a", "cat /proc/mounts /proc/self/cgroup /proc/1/mountinfo; ls /proc")
                #expect(!seen.output.contains(b.id))
                // As the host sees its init, and it itself what is sent in.
                let pid = try #require(try roost.show("acme/a").initPid)
                for namespace in ["mnt", "net", "pid", "user", "ipc", "uts", "cgroup", "time"] {
                    let guests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/\(namespace)")
                    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/\(namespace)") != guests, "\(namespace)")
                    #expect(try roost.exec("acme/a", "readlink /proc/self/ns/\(namespace)").trimmed == guests, "\(namespace)")
                }
                let warden = try #require(try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8).split(separator: "\n").first { $0.hasPrefix("PPid:") }?.dropFirst("PPid:\t".count))
                #expect(try String(contentsOfFile: "/proc/\(warden)/cgroup", encoding: .utf8).contains("/wardens\n"))
                for status in [try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8), try roost.exec("acme/a", "cat /proc/self/status").output] {
                    #expect(status.contains("Seccomp:\t2\n") && status.contains("CapAmb:\t0000000000000000\n"), "\(status)")
                    let bounding = status.split(separator: "\n").first { $0.hasPrefix("CapBnd:") }.flatMap { UInt64($0.dropFirst("CapBnd:\t".count), radix: 16) } ?? ~0
                    for (name, capability) in [("sys_module", 16), ("sys_rawio", 17), ("sys_time", 25), ("mac_admin", 33), ("syslog", 34)] { #expect(bounding & (1 << capability) == 0, "\(name)") }
                }
                // Escapes that must fail: nested user namespaces, cgroup v1, raw devices, kernel settings.
                for (what, command) in [
                    ("a nested user namespace", "unshare -U true"), ("its own limit, through a v1 cgroup", "mkdir -p /x; mount -t cgroup -o cpu none /x && echo -1 > /x/cpu.cfs_quota_us"), ("a release agent", "mkdir -p /y; mount -t cgroup -o pids none /y && ls /y | grep release_agent"), ("a block device", "mknod /x-disk b 8 0"),
                    ("the kernel log", "dmesg"), ("the core pattern", "echo x > /proc/sys/kernel/core_pattern"), ("the clock", "date -s 2001-01-01; date | grep 2001"), ("a block file system", "mount -t ext4 /dev/loop0 /mnt"),
                ] { #expect(try roost.exec("acme/a", command).status != 0, "\(what)") }
            }
        }
    }
}
