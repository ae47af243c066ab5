internal import CKernel

/// What was tried, on what, and what the kernel said. The numbers are errno(3)'s.
package struct KernelError: Error, Equatable, CustomStringConvertible {
    package let operation: String
    package let subject: String
    package let code: Int32

    package init(_ operation: String, _ subject: String, code: Int32) {
        self.operation = operation
        self.subject = subject
        self.code = code
    }

    package var description: String { "cannot \(operation) \(subject): \(Self.meaning(of: code))" }

    /// strerror(3) without its shared buffer.
    package static func meaning(of code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        let length = buffer.count
        let text = unsafe buffer.withUnsafeMutableBufferPointer { unsafe ck_error_text(code, $0.baseAddress, length) }
        guard text == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Errno values that decisions are made on (errno(3), x86-64).
extension KernelError {
    package static let noEntry: Int32 = 2
    package static let noProcess: Int32 = 3
    package static let noDevice: Int32 = 6
    package static let tryAgain: Int32 = 11
    package static let busy: Int32 = 16
    package static let exists: Int32 = 17
    package static let invalid: Int32 = 22
    package static let noSpace: Int32 = 28
    package static let brokenPipe: Int32 = 32
    package static let connectionReset: Int32 = 104
    package static let connectionRefused: Int32 = 111
}

/// Turns a shim's −errno into a thrown error; the value otherwise.
@discardableResult
package func checked<Value: SignedInteger>(
    _ result: Value, _ operation: @autoclosure () -> String, _ subject: @autoclosure () -> String
) throws(KernelError) -> Value {
    guard result < 0 else { return result }
    throw KernelError(operation(), subject(), code: Int32(-result))
}
