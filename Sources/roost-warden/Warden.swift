internal import CKernel
internal import WardenProtocolEmbedded

/// Started by `roost-node` with one descriptor of its own, 3: the channel on which the plan comes and the reports go.
/// Builds one VPS, or sends one program into a running one, and stays as its parent.
@main
struct Warden {
    private static let channel: Int32 = 3

    static func main() {
        _ = ck_set_dumpable(false)
        _ = ck_ignore_broken_pipes()
        let node = Channel(descriptor: channel)
        guard let packet = try? node.receive(atMost: Plan.longest), let plan = try? Plan(decoding: packet.bytes) else {  // said as a plan that is none
            end(node, .failed(.plan, step: 0, code: Failure.invalid))
        }
        var warden = WardenSteps(descriptors: packet.descriptors, node: node)
        var cgroup: Int32 = -1
        if let slot = plan.bornIn {
            guard let descriptor = try? warden.descriptor(slot) else { end(node, .failed(.plan, step: 0, code: Failure.invalid)) }  // said as a plan that is none
            cgroup = descriptor
        }
        perform(plan.before, .before, &warden)
        guard let (ours, childs) = try? Channel.pair() else { end(node, .failed(.clone, step: 0, code: Failure.invalid)) }  // no descriptors left
        var pidfd: Int32 = -1
        let child = unsafe ck_clone(plan.cloneFlags, cgroup, &pidfd)
        if child < 0 { end(node, .failed(.clone, step: 0, code: Int32(-child))) }
        if child == 0 {
            _ = ck_close(ours.descriptor)
            become(plan.child, ChildSteps(descriptors: packet.descriptors, warden: childs))
        }
        _ = ck_close(childs.descriptor)
        warden.child = Int32(child)
        warden.toChild = ours
        perform(plan.onChild, .onChild, &warden)
        let terminal = awaitExecution(ours, node)
        switch plan.afterwards {
        case .wait:
            keepOnly([pidfd, terminal, node.descriptor].filter { $0 >= 0 })  // the program's streams are the program's
            try? node.send(Report.running(terminal: terminal >= 0).encoded, terminal >= 0 ? [terminal] : [])  // the node may be gone; the program goes on
            wait(pidfd, node)
        case .keepGuard(let listener, let record, let uid):
            guard let listener = try? warden.descriptor(listener), let record = try? warden.descriptor(record) else { end(node, .failed(.plan, step: 0, code: Failure.invalid)) }  // likewise
            keepOnly([pidfd, terminal, listener, record, node.descriptor])
            var guarding = Guard(initPid: Int32(child), initPidfd: pidfd, terminal: terminal, listener: listener, record: record)
            // Root no longer: it never needs more than what it now holds open.
            _ = ck_set_nonblocking(terminal, true)
            _ = ck_become(uid, uid)
            _ = ck_set_no_new_privileges()
            try? node.send(Report.running(terminal: true).encoded)  // the node may be gone; the guest goes on
            _ = ck_close(node.descriptor)
            guarding.keep()
            ck_exit(0)
        }
    }

    /// As the child: returns never.
    private static func become(_ steps: [Step], _ child: consuming ChildSteps) -> Never {
        _ = ck_set_parent_death_signal(9)
        for (index, step) in steps.enumerated() {
            do { try child.perform(step) } catch {
                try? child.warden.send(ChildMessage.failed(step: UInt16(truncatingIfNeeded: index), code: error.code).encoded)  // the warden sees our end in any case
                ck_exit(127)
            }
        }
        ck_exit(127)
    }

    private static func perform(_ steps: [Step], _ stage: Report.Stage, _ warden: inout WardenSteps) {
        for (index, step) in steps.enumerated() {
            do { try warden.perform(step) } catch {
                // A child that has failed has said so, and is the cause. One that is well is waiting, and says nothing.
                _ = ck_set_nonblocking(warden.toChild.descriptor, true)
                _ = awaitExecution(warden.toChild, warden.node)
                end(warden.node, .failed(stage, step: UInt16(truncatingIfNeeded: index), code: error.code))
            }
        }
    }

    /// Waits until the child executes or fails. Returns its terminal's controlling side, or −1.
    private static func awaitExecution(_ child: Channel, _ node: Channel) -> Int32 {
        var terminal: Int32 = -1
        while true {
            let packet: Packet
            do throws(Failure) { packet = try child.receive(atMost: ChildMessage.longest) } catch {
                if error.code == Failure.reset { continue }  // it left something unread; what it said itself comes next
                return terminal
            }
            guard !packet.bytes.isEmpty else { return terminal }  // closed: it executes
            guard let message = try? ChildMessage(decoding: packet.bytes) else { end(node, .failed(.child, step: 0, code: Failure.invalid)) }  // ours, and wrong
            switch message {
            case .terminal: terminal = packet.descriptors.first ?? -1
            case .failed(let step, let code): end(node, .failed(.child, step: step, code: code))
            }
        }
    }

    private static func wait(_ pidfd: Int32, _ node: Channel) -> Never {
        var code: Int32 = 0, status: Int32 = 0
        _ = unsafe ck_wait_pidfd(pidfd, true, &code, &status)
        end(node, .ended(code: code, status: status))
    }

    private static func keepOnly(_ descriptors: [Int32]) {
        let sorted = descriptors.sorted()
        var first: Int32 = 3
        for descriptor in sorted where descriptor >= first {
            if descriptor > first { _ = ck_close_range(UInt32(first), UInt32(descriptor - 1), false) }
            first = descriptor + 1
        }
        _ = ck_close_range(UInt32(first), UInt32.max, false)
    }

    /// A child that is still there dies with us (PR_SET_PDEATHSIG).
    private static func end(_ node: Channel, _ report: Report) -> Never {
        try? node.send(report.encoded)  // nobody listens: nothing to tell
        ck_exit(0)
    }
}
