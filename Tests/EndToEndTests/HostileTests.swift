import Foundation
import Testing

extension EndToEnd {
    /// A tenant who is root in VPS a and means harm to b and to the host.
    @Suite struct Hostile {
        /// Compiled here, fed in through exec: the guest has no compiler. Each line that it prints: a label, the errno or "ok".
        private static let probe = #"""
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <sched.h>
            #include <signal.h>
            #include <stdio.h>
            #include <sys/ioctl.h>
            #include <sys/resource.h>
            #include <sys/socket.h>
            #include <sys/stat.h>
            #include <sys/syscall.h>
            #include <sys/sysmacros.h>
            #include <unistd.h>
            #define TRY(label, call) do { errno = 0; long r = (long)(call); if (r < 0) printf("%s %d\n", label, errno); else printf("%s ok\n", label); } while (0)
            static long legacy(long n, long a, long b, long c) {
                long r;
                __asm__ volatile("int $0x80" : "=a"(r) : "0"(n), "b"(a), "c"(b), "d"(c), "S"(0) : "memory", "r8", "r9", "r10", "r11");
                if (r < 0) { errno = -r; return -1; }
                return r;
            }
            int main(void) {
                char zero[128] = {0}, letter = 'x';
                struct sched_param realtime = {50};
                int console = open("/dev/console", O_RDWR | O_NOCTTY);
                TRY("AF_ALG", socket(38, 5, 0)); TRY("AF_RXRPC", socket(33, 2, 0)); TRY("AF_KEY", socket(15, 3, 2)); TRY("AF_VSOCK", socket(40, 1, 0));
                TRY("NETLINK_XFRM", socket(16, 3, 6)); TRY("TCP_ULP", setsockopt(socket(2, 1, 0), 6, 31, "espintcp", 8));
                TRY("unshare-user", unshare(CLONE_NEWUSER)); TRY("clone-user", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0)); TRY("clone3", syscall(435, zero, 88));
                TRY("io_uring", syscall(425, 8, zero)); TRY("bpf", syscall(321, 0, zero, 72)); TRY("add_key", syscall(248, "user", "x", "y", 1, -3)); TRY("userfaultfd", syscall(323, 0));
                TRY("x32", syscall(0x40000000 | 41, 38, 5, 0));
                TRY("i386-AF_ALG", legacy(359, 38, 5, 0)); TRY("i386-socketcall", legacy(102, 1, 0, 0)); TRY("i386-unshare-user", legacy(310, CLONE_NEWUSER, 0, 0)); TRY("i386-io_uring", legacy(425, 8, 0, 0));
                TRY("mknod-disk", mknod("/tmp/n1", S_IFBLK | 0600, makedev(8, 0))); TRY("mknod-mem", mknod("/tmp/n2", S_IFCHR | 0600, makedev(1, 1))); TRY("mknod-fuse", mknod("/dev/fuse", S_IFCHR | 0600, makedev(10, 229)));
                TRY("SCHED_FIFO", sched_setscheduler(0, 1, &realtime)); TRY("nice", setpriority(0, 0, -20));
                TRY("TIOCSTI", ioctl(console, 0x5412, &letter)); TRY("freeze", ioctl(open("/", O_RDONLY), 0xC0045877, 0)); TRY("resize", ioctl(open("/", O_RDONLY), 0x40086610, zero));
                return 0;
            }
            """#

        /// errno(3): 1 not permitted, 13 no access, 38 no such call, 92 no such option, 93 no such protocol, 97 no such family.
        private static let refusals: [(label: String, answer: String)] = [
            ("AF_ALG", "97"), ("AF_RXRPC", "97"), ("AF_KEY", "97"), ("AF_VSOCK", "97"), ("NETLINK_XFRM", "93"), ("TCP_ULP", "92"),
            ("unshare-user", "1"), ("clone-user", "1"), ("clone3", "38"), ("io_uring", "1"), ("bpf", "1"), ("add_key", "38"), ("userfaultfd", "1"), ("x32", "38"),
            ("i386-AF_ALG", "97"), ("i386-socketcall", "38"), ("i386-unshare-user", "1"), ("i386-io_uring", "1"),
            ("mknod-disk", "1"), ("mknod-mem", "1"), ("mknod-fuse", "1"), ("SCHED_FIFO", "1"), ("nice", "13"), ("TIOCSTI", "1"), ("freeze", "1"), ("resize", "1"),
        ]

        @Test func whatAGuestsRootTriesInsideIsRefused() throws {
            try withPlatform(slot: 9) { roost in
                try roost.makePair()
                try roost.feed("acme/a", Self.probe, as: "/tmp/probe")
                let said = try roost.exec("acme/a", "/tmp/probe").output.split(separator: "\n")
                for (label, answer) in Self.refusals { #expect(said.contains("\(label) \(answer)"), "\(label): \(said.first { $0.hasPrefix("\(label) ") } ?? "nothing")") }

                let corePattern = try String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8)
                for (label, script) in [
                    ("core_pattern", "echo x > /proc/sys/kernel/core_pattern"), ("core_pattern through init", "echo x > /proc/1/root/proc/sys/kernel/core_pattern"),
                    ("modprobe", "echo x > /proc/sys/kernel/modprobe"), ("sysrq", "umount /proc/sysrq-trigger; echo h > /proc/sysrq-trigger"), ("the host's log", "dmesg"), ("/dev/kmsg", "cat /dev/kmsg"),
                    ("/sys writable", "mount -o remount,rw /sys"), ("a limit of its own through v1", "mkdir -p /m && mount -t cgroup -o memory none /m && echo 9999999999 > /m/memory.limit_in_bytes"),
                    ("a hierarchy of its own", "mkdir -p /m2 && mount -t cgroup -o none,name=evil none /m2"), ("the hosts disks", "umount -l /sys; mkdir -p /m4; mount -t sysfs none /m4; cat /sys/block/loop*/loop/backing_file /m4/block/loop*/loop/backing_file | grep ."), ("the clock", "date -s 2001-01-01; [ $(date +%Y) = 2001 ]"),
                    ("release_agent", "mkdir -p /m3 && mount -t cgroup -o cpuset none /m3 && echo /x > /m3/release_agent"), ("another's memory", "[ $(head -c 1 /proc/kcore | wc -c) = 1 ]"),
                ] {
                    let outcome = try roost.exec("acme/a", script)
                    #expect(outcome.status != 0, "\(label): \(outcome)")
                }
                #expect(try String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8) == corePattern)

                // Descriptors: of init and of a program sent in, nothing but its own three (and the shell's look at the folder).
                let initFiles = try roost.exec("acme/a", "ls /proc/1/fd | tr '\\n' ' '; readlink /proc/1/fd/0; readlink /proc/self/cwd").output
                #expect(initFiles.hasPrefix("0 1 2 /dev/") && initFiles.hasSuffix("/root\n"), "\(initFiles)")
                #expect(try roost.exec("acme/a", "for f in /proc/$$/fd/*; do readlink $f; done | grep -v '^pipe:'").output == "")
                #expect(try roost.exec("acme/a", "grep -c '\(roost.folder)' /proc/self/mountinfo").trimmed == "0")
            }
        }

        @Test func aGuestReachesNothingOfTheHostsOrItsNeighboursByItsNetwork() throws {
            try withPlatform(slot: 9) { roost in
                try roost.makePair()
                let neighbour = try roost.show("acme/b")
                let page = try roost.exec("acme/b", "mkdir -p /www; echo secret > /www/index.html; httpd -h /www; ip link set lo up; wget -q -O - http://127.0.0.1/")
                #expect(page.output == "secret\n")
                let service = Process()
                service.executableURL = URL(filePath: "/bin/busybox")
                service.arguments = ["httpd", "-f", "-p", "[::]:18909", "-h", roost.folder]
                try service.run()
                defer { Foundation.kill(service.processIdentifier, SIGKILL); service.waitUntilExit() }  // it inherits blocked signals
                #expect(eventually { (try? run("/bin/busybox", ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:18909/roost.yaml"]))?.status == 0 })

                let own = try run("ip", ["-o", "addr", "show"]).output.split(separator: "\n").compactMap { line -> String? in
                    let fields = line.split(separator: " ")
                    guard fields.count > 3, let address = fields[3].split(separator: "/").first, fields[1] != "lo", !address.hasPrefix("fe80::") else { return nil }
                    return address.contains(":") ? "[\(address)]" : String(address)
                }
                let targets = Set(own + ["169.254.1.1", "[fe80::1%eth0]"]).map { "\($0):18909/roost.yaml" } + ["\(neighbour.ipv4)/", "[\(neighbour.ipv6.split(separator: "/").first ?? "")]/"]
                for target in targets {
                    let outcome = try roost.exec("acme/a", "timeout 1 wget -q -O - 'http://\(target)'")
                    #expect(outcome.status != 0 && outcome.output.isEmpty, "\(target): \(outcome)")
                }

                // Its neighbour's address as its own: nothing arrives at the neighbour, and the neighbour is still reached.
                let received = "cat /sys/class/net/eth0/statistics/rx_packets"
                let before = try roost.exec("acme/b", received).trimmed
                _ = try roost.exec("acme/a", "ip addr add \(neighbour.ipv4)/32 dev eth0; ping -c 3 -i 0.2 -W 1 -I \(neighbour.ipv4) 169.254.1.1; arping -c 2 -U -I eth0 \(neighbour.ipv4); arping -c 2 -U -I eth0 169.254.1.1; true")
                #expect(try roost.exec("acme/b", received).trimmed == before)
                #expect(try run("/bin/busybox", ["wget", "-q", "-O", "-", "http://\(neighbour.ipv4)/"]).output == "secret\n")
                let neighbours = try run("ip", ["neigh", "show", neighbour.ipv4]).output
                #expect(neighbours.split(separator: "\n").count == 1 && neighbours.contains("PERMANENT"), "\(neighbours)")
            }
        }

        @Test func whateverAGuestLeavesInItsDiskStartingAndRemovingItHarmsNobody() throws {
            try withPlatform(slot: 9) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                let canary = "\(roost.folder)/canary"
                try "untouched".write(toFile: canary, atomically: true, encoding: .utf8)
                let corePattern = try String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8)
                let unmount = "for m in $(awk '{print $5}' /proc/self/mountinfo | grep \"^/$F\" | sort -r); do umount -l $m; done; rm -rf /$F"
                for (label, script, starts) in [
                    ("/dev leads to the host", "F=dev; \(unmount); ln -s \(roost.folder) /dev", false),
                    ("/proc leads to the root", "F=proc; \(unmount); ln -s / /proc", false),
                    ("/sys leads to /root", "F=sys; \(unmount); ln -s /root /sys", false),
                    ("/run is a file", "F=run; \(unmount); echo x > /run", false),
                    ("/etc leads to the host", "mv /etc /etc2; ln -s \(roost.folder) /etc", false),
                    ("/etc/hostname leads to core_pattern", "rm /etc/hostname /etc/roost-prepared; ln -s /proc/sys/kernel/core_pattern /etc/hostname", true),
                    ("/etc/hosts is a pipe", "rm /etc/hosts /etc/roost-prepared; mkfifo /etc/hosts", true),
                    ("the record is a pipe", "rm /etc/roost-prepared; mkfifo /etc/roost-prepared", true),
                    ("the file below /dev/pts is a link", "F=dev; \(unmount); mkdir /dev; ln -s /proc /dev/pts", true),
                    ("init is the helper", "rm /sbin/init; ln -s /proc/self/exe /sbin/init", false),
                    ("no init", "rm /sbin/init", false),
                    ("the disk is full", "dd if=/dev/zero of=/fill bs=64k 2>/dev/null; dd if=/dev/zero of=/run/fill bs=64k 2>/dev/null; true", true),
                ] {
                    try roost.must("vps", "create", "acme/x", "--plan", "small", "--template", "busybox")
                    _ = try roost.exec("acme/x", script)
                    _ = try roost.roost("vps", "stop", "acme/x", "--force")
                    let start = try roost.roost("vps", "start", "acme/x")
                    #expect((start.status == 0) == starts, "\(label): \(start)")
                    if start.status == 0 { #expect(try roost.roost(["vps", "exec", "acme/x", "--no-tty", "--", "/bin/busybox", "echo", "alive"]).output == "alive\n", "\(label)") }
                    try roost.must("vps", "delete", "acme/x", "--yes")
                }
                #expect(try String(contentsOfFile: canary, encoding: .utf8) == "untouched")
                #expect(try String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8) == corePattern)
            }
        }

        @Test func programsSentInLeaveNothingBehindOnTheHost() throws {
            try withPlatform(slot: 9) { roost in
                try roost.makePair()
                // What is executed inside is never a file that the host or a neighbour executes too (CVE-2019-5736, and page-cache bugs).
                let own = try roost.roost(["vps", "exec", "acme/a", "--no-tty", "--", "/proc/self/exe"])
                #expect(own.errors.contains("Permission denied"), "\(own)")
                for (label, script) in [("a pipe", "mkfifo /p; mount --bind /p /dev/pts/ptmx"), ("/dev/null", "mount --bind /dev/null /dev/pts/ptmx"), ("the console", "mount --bind /dev/console /dev/pts/ptmx")] {
                    _ = try roost.exec("acme/a", script)
                    let outcome = try roost.roost(["vps", "exec", "acme/a", "--tty", "--", "true"])
                    #expect(outcome.status == 1, "\(label): \(outcome)")
                    _ = try roost.exec("acme/a", "umount /dev/pts/ptmx")
                }
                #expect(try roost.helpers().filter { $0.hasPrefix("Z") }.isEmpty)
                // The client is cut off: what it had sent in does not hold the node for ever.
                let before = try roost.helpers().count
                _ = try run("sh", ["-c", "timeout -s KILL 2 \"$ROOST\" vps exec acme/a --no-tty -- sleep 600; true"], environment: ["ROOST": Platform.programs.appending(path: "roost").path(), "ROOST_SOCKET": roost.socket])
                #expect(before == 2 && eventually(seconds: 5) { (try? roost.helpers().count) == before })
            }
        }

        @Test func whatTheHostHasOnlyOnceIsNotTakenByOneGuest() throws {
            try withPlatform(slot: 9) { roost in
                try roost.makePair()
                try roost.must("plan", "create", "roomy", "--cpu", "1", "--memory", "256MiB", "--disk", "300MiB")
                try roost.must("vps", "create", "acme/c", "--plan", "roomy", "--template", "busybox")
                try roost.feed("acme/c", Self.taker, as: "/tmp/take")
                try roost.feed("acme/b", Self.taker, as: "/tmp/take")
                for (label, what) in [("terminals", "ptys"), ("asynchronous I/O", "aio")] {
                    try roost.must("vps", "exec", "acme/c", "--no-tty", "--", "sh", "-c", "/tmp/take \(what) 15 > /tmp/taken & while [ ! -s /tmp/taken ]; do sleep 0.1; done")
                    let neighbour = try roost.exec("acme/b", "/tmp/take \(what) 0")
                    #expect(Int(neighbour.trimmed) ?? 0 >= 8, "\(label): \(neighbour)")
                    _ = try roost.exec("acme/c", "killall take; true")
                }
            }
        }

        /// Takes all it can get of one thing, says how many, and keeps them for some seconds.
        private static let taker = #"""
            #define _GNU_SOURCE
            #include <fcntl.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/resource.h>
            #include <sys/syscall.h>
            #include <unistd.h>
            int main(int count, char **words) {
                struct rlimit files;
                int taken = 0;
                getrlimit(RLIMIT_NOFILE, &files);
                files.rlim_cur = files.rlim_max;
                setrlimit(RLIMIT_NOFILE, &files);
                if (!strcmp(words[1], "ptys")) while (taken < 60000 && open("/dev/ptmx", O_RDWR | O_NOCTTY) >= 0) taken++;
                if (!strcmp(words[1], "aio"))
                    for (int size = 32768; size >= 8; size /= 2)
                        for (unsigned long context = 0; taken < 200000 && syscall(SYS_io_setup, size, &context) == 0; context = 0) taken += size;
                printf("%d\n", taken);
                fflush(stdout);
                sleep(atoi(words[2]));
                return 0;
            }
            """#
    }
}

extension Platform {
    func makePair() throws {
        try makeTenant()
        try makeBusybox()
        for name in ["a", "b"] { try must("vps", "create", "acme/\(name)", "--plan", "small", "--template", "busybox") }
    }

    /// Compiles a program and puts it into a VPS, through exec's input as base64: `input` is text.
    func feed(_ vps: String, _ source: String, as path: String) throws {
        let (text, program) = ("\(folder)/fed.c", "\(folder)/fed")
        try source.write(toFile: text, atomically: true, encoding: .utf8)
        let compiled = try run("gcc", ["-O1", "-static", "-w", "-o", program, text])
        guard compiled.status == 0 else { throw CommandFailed(command: "gcc \(path)", outcome: compiled, logs: "") }
        let bytes = try Data(contentsOf: URL(filePath: program)).base64EncodedString(options: .lineLength76Characters)
        try must("vps", "exec", vps, "--no-tty", "--", "sh", "-c", "base64 -d > \(path) && chmod 755 \(path)", input: bytes + "\n")
    }

    /// The node's children as ps(1) shows their states: the wardens of VPSes, and helpers of programs sent in.
    func helpers() throws -> [Substring] {
        let node = try run("sh", ["-c", "for p in /proc/[0-9]*; do [ \"$(tr '\\0' ' ' < $p/cmdline 2>/dev/null)\" = \"$NODE --config $FOLDER/roost.yaml \" ] && basename $p; done; true"], environment: ["NODE": Self.programs.appending(path: "roost-node").path(), "FOLDER": folder]).trimmed
        return try run("ps", ["-o", "stat=", "--ppid", node]).output.split(separator: "\n")
    }
}
