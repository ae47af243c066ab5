internal import Foundation
internal import Kernel
internal import NodeModel
internal import Synchronization

/// Hears of each guest's end: its warden's socket closes. One thread for all of them.
final class Monitor: Sendable {
    private struct Watched: Sendable { var id: VPSID; var instance: UInt64; var socket: Int32 }

    private let readiness: Readiness
    private let watched = Mutex<[UInt64: Watched]>([:])
    private let onEnd: @Sendable (VPSID, UInt64) -> Void

    init(onEnd: @escaping @Sendable (VPSID, UInt64) -> Void) throws(KernelError) {
        readiness = try Readiness()
        self.onEnd = onEnd
    }

    func start() {
        Thread.detachNewThread { [self] in
            while let token = try? readiness.next() {  // the epoll descriptor lives as long as we do
                guard let one = watched.withLock({ $0.removeValue(forKey: token) }) else { continue }
                _ = Descriptor(owning: one.socket)
                Thread.detachNewThread { self.onEnd(one.id, one.instance) }
            }
        }
    }

    func watch(_ id: VPSID, instance: UInt64, _ socket: consuming Descriptor) throws(KernelError) {
        // Known before it can be reported.
        let number = socket.number
        watched.withLock { $0[instance] = Watched(id: id, instance: instance, socket: number) }
        do { try readiness.add(socket, token: instance) } catch {
            _ = watched.withLock { $0.removeValue(forKey: instance) }
            throw error
        }
        _ = socket.release()
    }
}
