internal import Kernel

/// A program of the system that the pool's work is done by, run to its end.
package struct Tool: Sendable {
    package let file: String
    package let package: String

    package init(_ file: String, package: String) {
        self.file = file
        self.package = package
    }

    static let makeXFS = Tool("/usr/sbin/mkfs.xfs", package: "xfsprogs")
    static let resizeExt4 = Tool("/usr/sbin/resize2fs", package: "e2fsprogs")

    /// Its output's lines; a failure carries the last of them.
    @discardableResult
    package func run(_ arguments: [String]) throws(DiskError) -> [String] {
        guard HostFile.exists(file) else { throw .missingProgram(file, package: package) }
        var lines: [String] = []
        let exit: Exit
        do { exit = try Program.run(file, arguments, line: { lines.append($0) }) } catch { throw .kernel(doing: "running \(file)", error) }
        guard exit.isSuccess else { throw .program(file, exit, lastLines: Array(lines.suffix(5))) }
        return lines
    }
}
