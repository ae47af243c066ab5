internal import Kernel

/// One write(2) into one of a group's control files.
struct ControlWrite: Equatable, Sendable {
    var file: String
    var value: String
    /// A kernel without the file is no error.
    var ifPresent = false

    init(_ file: String, _ value: some CustomStringConvertible, ifPresent: Bool = false) {
        self.file = file
        self.value = value.description
        self.ifPresent = ifPresent
    }
}

extension Directory {
    func apply(_ write: ControlWrite, in group: String) throws(KernelError) {
        do throws(KernelError) {
            try open("\(group)/\(write.file)", .write).write(Array(write.value.utf8))
        } catch {
            if write.ifPresent, error.code == KernelError.noEntry { return }
            throw KernelError("write \(write.value) to", "\(group)/\(write.file)", code: error.code)
        }
    }

    /// Files of "name value" lines, and of one number (under the empty name).
    func values(_ file: String, in group: String) throws(KernelError) -> [Substring: Int64] {
        let text = String(decoding: try open("\(group)/\(file)", .read).read(atMost: 4096), as: UTF8.self)
        var values: [Substring: Int64] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2 { values[words[0]] = Int64(words[1]) }
            if words.count == 1 { values[""] = Int64(words[0]) }
        }
        return values
    }
}
