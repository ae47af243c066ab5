internal import Kernel
internal import NodeModel

/// Brings a VPS from running, or from half there, to nothing but its disk.
struct Stopper {
    let host: Host

    /// Asks init to power off, waits, then kills. Returns when no process of the guest is left.
    func stop(_ id: VPSID, graceSeconds: Int, shutdownSignal: Int32) throws {
        if let link = try WardenLink.connect(to: host.layout.socket(id)) {
            // Read once, by whoever did not ask for the end: a record of this one would be taken for the guest's own wish later.
            try HostFile.remove(host.layout.exitRecord(id))
            let grace = Int32(min(max(graceSeconds, 0), 3600))
            if grace > 0, try link.initProcess.signalProcess(shutdownSignal) {
                if try !link.initProcess.waitForEnd(milliseconds: grace * 1000) { try link.initProcess.signalProcess(9) }
            } else {
                try link.initProcess.signalProcess(9)
            }
            // The kernel ends every process of the pid namespace with its init; the warden ends when it has seen that.
            guard try link.socket.waitUntilReadable(milliseconds: 10_000) else { throw NodeProblem(.failed, "VPS \(id): its init does not end") }
        }
        try clear(id)
    }

    /// Takes away what a guest that has ended leaves on the host. Already gone is success.
    func clear(_ id: VPSID) throws {
        host.detachNetwork(id)
        try host.removeCgroups(id)
        try HostFile.remove(host.layout.socket(id))
        try host.waitUntilDiskDetached(id)
    }
}
