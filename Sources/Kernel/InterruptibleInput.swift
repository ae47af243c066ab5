internal import CKernel

/// Reads a borrowed descriptor on a thread that may block, and can be told from any other to stop (poll(2)).
package final class InterruptibleInput: Sendable {
    package enum Reading: Sendable, Equatable {
        case bytes([UInt8])
        case end
        case interrupted
    }

    private let descriptor: Int32
    private let wakeReading: Descriptor
    private let wakeWriting: Descriptor

    package init(_ descriptor: Int32) throws(KernelError) {
        self.descriptor = descriptor
        let wake = try Pipe()
        wakeReading = try wake.reading.duplicate()
        wakeWriting = try wake.writing.duplicate()
    }

    /// Every `read` after this, and one under way, is `interrupted`.
    package func interrupt() { try? wakeWriting.write([0]) }  // the reading end lives as long as this value

    package func read(atMost limit: Int) throws(KernelError) -> Reading {
        while true {
            var events: [Int16] = [0, 0]
            try unsafe checked(
                ck_poll([wakeReading.number, descriptor], [Int16(CK_POLL_IN), Int16(CK_POLL_IN)], &events, 2, -1), "wait for", "descriptor \(descriptor)")
            if events[0] != 0 { return .interrupted }
            if events[1] == 0 { continue }
            var result = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                result = unsafe ck_read(descriptor, buffer.baseAddress, limit)
                count = max(0, result)
            }
            switch result {
            case 0, -5: return .end  // EIO: a terminal that was hung up
            case -4, Int(-KernelError.tryAgain): continue  // EINTR; or another process that shares the descriptor was faster
            default: try checked(result, "read", "descriptor \(descriptor)")
            }
            return .bytes(bytes)
        }
    }
}
