internal import Foundation
internal import Glibc

/// What this process takes of the host (proc(5)).
struct OwnProcess: Sendable, Equatable {
    var residentBytes: Int64
    var descriptors: Int

    static func now() -> OwnProcess {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0  // no /proc: nothing is known
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0  // as above
        return OwnProcess(residentBytes: pages * Int64(sysconf(Int32(_SC_PAGESIZE))), descriptors: descriptors)
    }
}
