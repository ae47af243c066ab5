internal import Kernel
internal import NodeModel
internal import WardenProtocol

/// A running VPS as its warden answers for it. The connection lasts as long as the warden does: its end is the guest's end.
struct WardenLink: ~Copyable {
    let socket: Descriptor
    let initPid: Int32
    /// The init's pidfd, from its parent: it can only mean that process.
    let initProcess: Descriptor

    private static let patienceMilliseconds: Int32 = 5000

    /// Nil: there is no warden, and the kernel says so. One that hangs up is asked again, since one that is ending soon
    /// refuses; one that does not answer is an error, never "not there".
    static func connect(to path: String) throws -> WardenLink? {
        for _ in 0..<50 {
            let socket: Descriptor
            do { socket = try LocalSocket.connectForPackets(to: path) } catch {
                if error.code == KernelError.noEntry || error.code == KernelError.connectionRefused { return nil }
                throw error
            }
            if let link = try ask(socket) { return link }
            Pause.milliseconds(20)
        }
        throw NodeProblem(.busy, "the warden at \(path) takes no more connections")
    }

    /// Nil: it hung up.
    private static func ask(_ socket: consuming Descriptor) throws -> WardenLink? {
        do {
            try socket.send(GuardRequest.status.encoded)
            guard try socket.waitUntilReadable(milliseconds: patienceMilliseconds) else { throw NodeProblem(.busy, "the warden does not answer") }
            var packet = try socket.receive(atMost: GuardLimits.longest)
            guard case .status(let pid)? = try? GuardAnswer(decoding: packet.bytes), let process = packet.takeDescriptor() else { return nil }  // empty: it hung up
            return WardenLink(socket: socket, initPid: pid, initProcess: process)
        } catch let error as KernelError where error.code == KernelError.brokenPipe || error.code == KernelError.connectionReset {
            return nil
        }
    }

    consuming func keepSocket() -> Descriptor { socket }
    consuming func keepProcess() -> Descriptor { initProcess }
}
