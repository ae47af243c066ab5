internal import Foundation
internal import Glibc

/// The folder that one daemon owns while it runs: made if missing, locked by `roostd.lock` (flock(2)) until this value ends.
package final class StateFolder: Sendable {
    package let path: String
    private let lock: FileHandle

    package init(_ path: String) throws(StoreError) {
        self.path = path
        let file = "\(path)/roostd.lock"
        do {
            if !FileManager.default.fileExists(atPath: path) {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
            }
            try PrivateFile.makeIfMissing(file)
            lock = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        } catch {
            throw .unusable(path: file, why: "\(error.localizedDescription)")
        }
        guard flock(lock.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else { throw .inUse(folder: path) }
    }
}
