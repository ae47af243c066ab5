internal import Foundation
internal import Cgroups
internal import Kernel
internal import NodeModel
internal import WardenProtocol

/// Brings a VPS from a disk to a running init. What takes waiting is done side by side: the disk is cloned and attached
/// while the warden makes the namespaces. Everything already so is success; what a failed start made is taken back.
struct Starter {
    let host: Host
    let specification: VPSSpecification
    let template: GuestTemplate

    struct Started: ~Copyable {
        let wardenPid: Int32
        let link: WardenLink
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
        let disk = Errand { [host, specification, template] in SharedDescriptor(try host.attachPreparedDisk(specification, template.firstBoot)) }
        undo.push { _ = try? disk.wait() }  // not attached behind our back; failed: there is none

        try host.makeCgroups(specification)
        undo.push { try? host.removeCgroups(id) }  // found again at the next start
        let leaf = try host.guestLeaf(id)
        let files = try host.openCgroupFiles(id, .guest)

        let listener = try LocalSocket.listenForPackets(at: layout.socket(id))
        undo.push { try? HostFile.remove(layout.socket(id)) }  // a leftover is replaced by the next start
        let record = try Descriptor.open(layout.exitRecord(id), .createOrTruncate, mode: 0o600)

        let plan = try host.guestPlan(specification, template, cgroupFiles: files.count)
        let warden = try WardenProcess.start(host.wardenProgram, plan, descriptors: [listener.number, record.number, leaf.number] + files.map { $0.descriptor.number })
        let started = warden.handle
        undo.push { started.kill() }

        guard case .born(let pid) = try warden.report().report else { throw NodeProblem(.startFailed, "the warden spoke out of turn") }
        undo.push { host.detachNetwork(id) }  // before the warden is killed: unwound in reverse
        try host.attachNetwork(specification, pid: pid)
        try warden.send(try disk.wait().descriptor)
        guard case .running = try warden.report().report else { throw NodeProblem(.startFailed, "the warden spoke out of turn") }
        guard let link = try WardenLink.connect(to: layout.socket(id)) else { throw NodeProblem(.startFailed, "the guest's init ended at once") }
        return Started(wardenPid: started.pid, link: link)
    }
}
