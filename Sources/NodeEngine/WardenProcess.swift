internal import Foundation
internal import Kernel
internal import NodeModel
internal import WardenProtocol

/// A warden that is being started: it has its plan, and reports step by step.
struct WardenProcess: ~Copyable {
    private let channel: Descriptor
    private let child: Child
    private let plan: Plan

    /// `program`: a sealed copy in memory of the warden's file, so that nothing a guest does can change it (CVE-2019-5736).
    static func start(_ program: SharedDescriptor, _ plan: Plan, in cgroup: borrowing Descriptor, descriptors: [Int32]) throws -> WardenProcess {
        let message: [UInt8]
        do { message = try plan.encoded() } catch { throw NodeProblem(.invalid, "what is to be executed is too long: a command, its arguments and its environment are \(Plan.longest >> 10) KiB at most") }
        let pair = try LocalSocket.packetPair()
        let null = try Descriptor.open("/dev/null", .readWrite)
        // By our own pid: "self" would be the child, which has closed all but its own descriptors.
        let child = try Program.start("/proc/\(ProcessInfo.processInfo.processIdentifier)/fd/\(program.descriptor.number)", ["warden"], environment: [:], descriptors: [null.number, null.number, null.number, pair.theirs.number], in: cgroup)
        let channel = pair.keepOurs()
        do { try channel.send(message, descriptors: descriptors) } catch {
            WardenHandle(pid: child.pid).kill()
            throw error
        }
        return WardenProcess(channel: channel, child: child, plan: plan)
    }

    private init(channel: consuming Descriptor, child: consuming Child, plan: Plan) {
        self.channel = channel
        self.child = child
        self.plan = plan
    }

    /// The next report, for which `patience` milliseconds are waited; a failed step is thrown as what it was.
    func report(patience: Int32? = 60_000) throws -> ReceivedReport {
        if let patience, try !channel.waitUntilReadable(milliseconds: patience) { throw NodeProblem(.startFailed, "the warden does not get on") }
        var packet = try channel.receive(atMost: 64)
        guard let report = try? Report(decoding: packet.bytes) else {  // empty: it died without a word
            throw NodeProblem(.startFailed, "the warden ended without a report")
        }
        if case .failed(let stage, let step, let code) = report { throw NodeProblem(.startFailed, message(stage, Int(step), code)) }
        return ReceivedReport(report: report, descriptor: packet.takeDescriptor())
    }

    func send(_ descriptor: borrowing Descriptor) throws(KernelError) { try channel.send([1], descriptors: [descriptor.number]) }

    /// What it has said already of a step that failed.
    func reportedFailure() -> (any Error)? {
        guard (try? channel.waitUntilReadable(milliseconds: 100)) == true else { return nil }  // nothing is said
        do { _ = try report() } catch { return error }
        return nil
    }

    /// To let the child go on from `hold`.
    func sendLeave() throws(KernelError) { try channel.send([1]) }

    /// Its pidfd, for another thread.
    func sharedProcess() throws(KernelError) -> SharedDescriptor { SharedDescriptor(try child.pidfd.duplicate()) }

    var handle: WardenHandle { WardenHandle(pid: child.pid) }

    private func message(_ stage: Report.Stage, _ index: Int, _ code: Int32) -> String {
        let steps: [Step] = switch stage {
        case .before: plan.before
        case .onChild: plan.onChild
        case .child: plan.child
        case .clone, .plan: []
        }
        let what = steps.indices.contains(index) ? steps[index].explanation : stage == .clone ? "make namespaces" : "read the plan"
        return "\(what): \(KernelError.meaning(of: code))"
    }
}
