package import Kernel

package enum ConfinementError: Error, Equatable, CustomStringConvertible {
    /// In our own lists, or in libseccomp's older than ours.
    case unknownSystemCall(String)
    case library(function: String, subject: String, code: Int32)
    case unknownCapability(String)
    case jump(String)
    /// Bytes; the kernel takes 4096 instructions of 8.
    case tooLong(Int)
    case kernel(KernelError)

    package var description: String {
        switch self {
        case .unknownSystemCall(let name): "cannot compile the system call filter: libseccomp does not know \(name); it must be 2.5.4 or later"
        case .library(let function, let subject, let code): "cannot compile the system call filter: \(function)(\(subject)): \(KernelError.meaning(of: -code))"
        case .unknownCapability(let name): "libcap knows no capability \(name); it must be 2.66 or later"
        case .jump(let what): "cannot compile the system call filter: a jump \(what)"
        case .tooLong(let bytes): "the system call filter has \(bytes) bytes, more than the kernel takes"
        case .kernel(let error): error.description
        }
    }
}
