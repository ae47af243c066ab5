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

enum PrivateFile {
    /// With mode 0600, and never over a file that is there.
    static func makeIfMissing(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do { try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting) } catch CocoaError.fileWriteFileExists { return }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// With mode 0600, whole and on the disk when it returns.
    static func replace(_ path: String, with bytes: Data) throws {
        let new = "\(path).new"
        for old in [new, path] where FileManager.default.fileExists(atPath: old) { try FileManager.default.removeItem(atPath: old) }
        try makeIfMissing(new)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: new))
        try file.write(contentsOf: bytes)
        try file.synchronize()
        try file.close()
        try FileManager.default.moveItem(atPath: new, toPath: path)
        try FileHandle(forReadingFrom: URL(fileURLWithPath: path).deletingLastPathComponent()).synchronize()
    }
}
