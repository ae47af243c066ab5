package import Kernel

/// What was tried, on what, and who refused it.
package enum NetlinkError: Error, Equatable, CustomStringConvertible {
    /// The kernel refused: errno(3) and, where it gave one, its own explanation (NETLINK_EXT_ACK).
    case refused(operation: String, subject: String, code: Int32, explanation: String?)
    /// libnl could not send or receive: its own code (netlink/errno.h) and text.
    case library(operation: String, subject: String, code: Int32, text: String)
    /// The kernel's answer has not the form that it must have: a fault of this program or a kernel unknown to it.
    case malformed(operation: String, subject: String)
    /// A step beside netlink failed: a namespace, a file under /proc/sys/net.
    case kernel(KernelError)

    /// The kernel's errno, when it was the kernel.
    package var code: Int32? {
        switch self {
        case .refused(_, _, let code, _): code
        case .kernel(let error): error.code
        case .library, .malformed: nil
        }
    }

    package var description: String {
        switch self {
        case .refused(let operation, let subject, let code, let explanation):
            "cannot \(operation) \(subject): \(KernelError.meaning(of: code))\(explanation.map { " (\($0))" } ?? "")"
        case .library(let operation, let subject, let code, let text): "cannot \(operation) \(subject): libnl error \(code), \(text)"
        case .malformed(let operation, let subject): "cannot \(operation) \(subject): the kernel's answer was not understood"
        case .kernel(let error): error.description
        }
    }
}
