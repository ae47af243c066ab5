internal import Kernel

/// Processes and threads.
enum PidsController {
    static func writes(_ limits: CgroupLimits) -> [ControlWrite] { [ControlWrite("pids.max", limits.processes)] }

    static func read(_ group: String, in base: borrowing Directory, _ dialect: Dialect, into usage: inout CgroupUsage) throws(KernelError) {
        usage.processes = try base.values("pids.current", in: group)["", default: 0]
        // Before Linux 6.11 a refusal is counted only in the group where it was met, one of the guest's own in v2.
        let counts = dialect == .v1 || (try? base.open("\(group)/pids.events.local", .path)) != nil  // absent: an older kernel
        if counts {
            usage.processesRefused = try base.values("pids.events", in: group)["max", default: 0]
        } else {
            usage.processesRefused = try sum(base.directory(group))
        }
    }

    private static func sum(_ group: borrowing Directory) throws(KernelError) -> Int64 {
        var total = (try? group.values("pids.events", in: "."))?["max"] ?? 0  // absent: the guest did not enable the controller there
        for entry in try group.rawEntries() where entry.isDirectory {
            do throws(KernelError) {
                total += try sum(group.directory(entry))
            } catch {
                if error.code != KernelError.noEntry, error.code != KernelError.noDevice, error.code != 19 { throw error }  // ENODEV: the guest removed it meanwhile
            }
        }
        return total
    }
}
