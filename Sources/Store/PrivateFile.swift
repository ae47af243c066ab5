internal import Foundation

enum PrivateFile {
    /// With mode 0600, and never over a file that is there.
    static func makeIfMissing(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do { try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting) } catch CocoaError.fileWriteFileExists { return }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// With mode 0600, never over a file that is there, and never there in part.
    static func make(_ path: String, with bytes: Data) throws {
        let new = "\(path).new"
        if FileManager.default.fileExists(atPath: new) { try FileManager.default.removeItem(atPath: new) }  // of one who ended here
        try makeIfMissing(new)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: new))
        try file.write(contentsOf: bytes)
        try file.synchronize()
        try file.close()
        try FileManager.default.moveItem(atPath: new, toPath: path)
    }

    /// When it returns, the file is on the disk under its name, whoever made it.
    static func persist(_ path: String) throws {
        for place in [URL(fileURLWithPath: path), URL(fileURLWithPath: path).deletingLastPathComponent()] { try FileHandle(forReadingFrom: place).synchronize() }
    }
}
