internal import Glibc
internal import Kernel
package import NodeModel

extension CgroupTree {
    /// Kills what is left of a VPS and removes its groups with all that the guest made in them. Already gone is success.
    /// `patienceMilliseconds`: how long killed processes may take to end; the call returns as soon as they have.
    package func remove(_ id: VPSID, patienceMilliseconds: Int = 5000) throws(CgroupError) {
        var pause: UInt32 = 200  // microseconds
        var waited = 0
        while true {
            let isGone = try wrapped { () throws(KernelError) in
                try killAll(id)
                var isGone = true
                for base in legacy + [unified] where try !base.removeTree(id.text) { isGone = false }
                return isGone
            }
            if isGone { return }
            if waited >= patienceMilliseconds * 1000 { throw .stillBusy(id, processes: try processes(id)) }
            usleep(pause)
            waited += Int(pause)
            pause = min(pause * 2, 20_000)
        }
    }

    private func killAll(_ id: VPSID) throws(KernelError) {
        // One write kills a whole v2 group, also what it forks meanwhile (Linux 5.14).
        try unified.directory.apply(ControlWrite("cgroup.kill", 1, ifPresent: true), in: id.text)
        // What is bound by limits only, and kernels without cgroup.kill.
        let left = try occupants(id)
        if left.isEmpty { return }
        let freezer = legacy.first { $0.controllers.contains(.freezer) }
        try freezer?.directory.apply(ControlWrite("freezer.state", "FROZEN", ifPresent: true), in: id.text)
        try kill(try occupants(id), id)
        try freezer?.directory.apply(ControlWrite("freezer.state", "THAWED", ifPresent: true), in: id.text)
    }

    private func occupants(_ id: VPSID) throws(KernelError) -> Set<Int32> {
        var found: Set<Int32> = []
        for base in legacy + [unified] { found.formUnion(try base.processes(id.text)) }
        found.remove(getpid())
        return found
    }

    /// A pid may have gone to another since it was read. Held by pidfd and still listed, it is the one that is meant.
    private func kill(_ pids: Set<Int32>, _ id: VPSID) throws(KernelError) {
        let held = try Held(pids)
        try held.kill(onlyIn: try occupants(id))
    }

    private final class Held {
        private final class Process {
            let pid: Int32
            let handle: ProcessHandle
            init(_ pid: Int32, _ handle: consuming ProcessHandle) {
                self.pid = pid
                self.handle = handle
            }
        }
        private var processes: [Process] = []

        init(_ pids: Set<Int32>) throws(KernelError) {
            for pid in pids {
                if let handle = try ProcessHandle(pid) { processes.append(Process(pid, handle)) }
            }
        }

        func kill(onlyIn present: Set<Int32>) throws(KernelError) {
            for process in processes where present.contains(process.pid) { try process.handle.signal(SIGKILL) }
        }
    }
}
