internal import Foundation
internal import Cgroups
internal import Kernel
internal import NodeModel
internal import WardenProtocol

/// Brings a VPS from a disk to a running init. What takes waiting is done side by side: the disk is attached while the
/// warden makes the namespaces, the network made while the child waits for the disk and makes its mounts. Everything
/// already so is success; what a failed start made is taken back.
struct Starter {
    let host: Host
    let specification: VPSSpecification
    let template: GuestTemplate

    struct Started: ~Copyable {
        let wardenPid: Int32
        let link: WardenLink
        let laps: Stopwatch
    }

    func start() throws -> Started {
        var undo = UndoStack()
        do { return try start(&undo) } catch {
            undo.unwind()
            throw error
        }
    }

    private func start(_ undo: inout UndoStack) throws -> Started {
        let (id, layout) = (specification.id, host.layout)
        var watch = Stopwatch()
        let disk = Errand { [host, specification, template] in SharedDescriptor(try host.attachPreparedDisk(specification, template.firstBoot)) }
        undo.push { _ = try? disk.wait() }  // not attached behind our back; failed: there is none

        try host.makeCgroups(specification)
        undo.push { try? host.removeCgroups(id) }  // found again at the next start
        watch.lap("cgroups")
        let leaf = try host.cgroups.open(.guest, of: id)
        let files = try host.openCgroupFiles(id)

        undo.push { try? HostFile.remove(layout.socket(id)) }  // a leftover is replaced by the next start
        let plan = try host.guestPlan(specification, template, cgroupFiles: files.count)
        let warden = try startWarden(plan, leaf, files)
        watch.lap("warden")
        let started = warden.handle
        undo.push { started.kill() }

        guard case .born(let pid) = try warden.report().report else { throw NodeProblem(.startFailed, "the warden spoke out of turn") }
        watch.lap("namespaces")
        let network = Errand { [host, specification] in try host.attachNetwork(specification, pid: pid) }
        undo.push {  // before the warden is killed: unwound in reverse
            try? network.wait()  // not attached behind our back
            host.detachNetwork(id)
        }
        do {
            try warden.send(try disk.wait().descriptor)
            watch.lap("waiting for the disk")
            try network.wait()
            watch.lap("waiting for the network")
            try warden.sendLeave()
        } catch {
            throw warden.reportedFailure() ?? error  // a child that is gone takes the ground from under us
        }
        guard case .running = try warden.report().report else { throw NodeProblem(.startFailed, "the warden spoke out of turn") }
        watch.lap("mounts and executing")
        guard let link = try WardenLink.connect(to: layout.socket(id)) else { throw endedAtOnce() }
        return Started(wardenPid: started.pid, link: link, laps: watch)
    }

    private func endedAtOnce() -> NodeProblem {
        let words = (try? HostFile.readText(host.layout.exitRecord(specification.id))) ?? ""  // no record: nobody saw how
        return NodeProblem(.startFailed, Ending(record: words).explanation(lastWords: LastWords.line(ofRecord: words)))
    }

    /// The socket that the warden will listen on is only the warden's from here on: were it ours too, it would go on
    /// taking connections after the warden's end.
    private func startWarden(_ plan: Plan, _ leaf: borrowing Descriptor, _ files: [SharedDescriptor]) throws -> WardenProcess {
        let listener = try LocalSocket.listenForPackets(at: host.layout.socket(specification.id))
        let record = try Descriptor.open(host.layout.exitRecord(specification.id), .createOrTruncate, mode: 0o600)
        // Their numbers are all that is passed on: the files must not be closed as no longer used meanwhile.
        return try withExtendedLifetime(files) {
            try WardenProcess.start(host.wardenProgram, plan, in: host.cgroups.openWardens(), descriptors: [listener.number, record.number, leaf.number] + files.map { $0.descriptor.number })
        }
    }
}
