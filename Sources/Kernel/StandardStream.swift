internal import CKernel

/// This process's own inputs and outputs.
package enum StandardStream {
    package static let input: Int32 = 0
    package static let output: Int32 = 1
    package static let errors: Int32 = 2

    /// All of it; blocks while the reader does not read, though another program may have made the descriptor non-blocking.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(KernelError) {
        var start = 0
        while start < bytes.count {
            let result = unsafe bytes.withUnsafeBytes { unsafe ck_write(descriptor, $0.baseAddress! + start, $0.count - start) }  // not empty: start < count
            switch result {
            case -4: continue  // EINTR
            case Int(-KernelError.tryAgain):
                var event: Int16 = 0
                try unsafe checked(ck_poll([descriptor], [Int16(CK_POLL_OUT)], &event, 1, -1), "wait for", "descriptor \(descriptor)")
            default: start += Int(try checked(result, "write to", "descriptor \(descriptor)"))
            }
        }
    }

    /// A line of input without its end; nil at the end of the input. Byte by byte, so that nothing is taken that follows the line.
    package static func readLine() throws(KernelError) -> String? {
        var line: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = try unsafe checked(ck_read(input, &byte, 1), "read", "descriptor \(input)")
            if count == 0 { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }
}

extension StandardStream {
    /// Opens /dev/null in the place of each standard descriptor that was closed, so that no other file gets its number and is taken for it.
    package static func fillGaps() {
        while let opened = try? Descriptor.open("/dev/null", .readWrite) {  // without /dev/null the gaps stay
            if opened.number > errors { return }
            _ = opened.release()
        }
    }
}
