internal import Kernel
internal import NodeModel
internal import WardenProtocol

/// A running VPS as its warden answers for it. The connection lasts as long as the warden does: its end is the guest's end.
struct WardenLink: ~Copyable {
    let socket: Descriptor
    let initPid: Int32
    /// The init's pidfd, from its parent: it can only mean that process.
    let initProcess: Descriptor

    /// Nil: no warden is there.
    static func connect(to path: String) throws(KernelError) -> WardenLink? {
        let socket: Descriptor
        do { socket = try LocalSocket.connectForPackets(to: path) } catch {
            if error.code == KernelError.noEntry || error.code == KernelError.connectionRefused { return nil }
            throw error
        }
        do {
            try socket.send([GuardMessage.status.rawValue])
            var answer = try socket.receive(atMost: GuardMessage.longest)
            guard answer.bytes.count == 5, answer.bytes[0] == GuardMessage.status.rawValue, let process = answer.takeDescriptor() else { return nil }
            let pid = answer.bytes[1...4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return WardenLink(socket: socket, initPid: Int32(bitPattern: pid), initProcess: process)
        } catch {
            // It ended while we asked, before it accepted us.
            if error.code == KernelError.brokenPipe || error.code == KernelError.connectionReset { return nil }
            throw error
        }
    }

    consuming func keepSocket() -> Descriptor { socket }
}
