internal import APIModel

/// What is shown of an operation under way. Pure: each update returns what to write to the standard error output, if anything.
struct ProgressLine {
    /// Columns of the terminal; nil where it is none: then a whole line a change.
    let width: Int?
    private var shown: String?

    init(width: Int?) { self.width = width }

    mutating func update(_ operation: Operation) -> String? {
        let line = width == nil ? Self.sentence(operation) : Self.bar(operation)
        guard line != shown else { return nil }
        shown = line
        guard let width else { return line + "\n" }
        return "\r\u{1B}[K" + line.prefix(max(0, width - 1))  // a full line would wrap
    }

    /// Takes the line away again, where there is one.
    mutating func finish() -> String? {
        defer { shown = nil }
        return width != nil && shown != nil ? "\r\u{1B}[K" : nil
    }

    static func sentence(_ operation: Operation) -> String {
        let message = operation.message.isEmpty ? "" : ", \(Visible.text(operation.message))"
        return "\(doing(operation)): \(operation.progress) %\(message)"
    }

    static func bar(_ operation: Operation) -> String {
        let done = min(max(operation.progress, 0), 100) / 5
        let bar = String(repeating: "#", count: done) + String(repeating: ".", count: 20 - done)
        let percent = String(repeating: " ", count: max(0, 3 - "\(operation.progress)".count)) + "\(operation.progress) %"
        return "\(doing(operation)) [\(bar)] \(percent)  \(Visible.text(operation.message))"
    }

    static func doing(_ operation: Operation) -> String {
        let subject = Visible.text(operation.subject)
        return switch operation.kind {
        case "vps.create": "creating \(subject)"
        case "vps.start": "starting \(subject)"
        case "vps.stop": "stopping \(subject)"
        case "vps.restart": "restarting \(subject)"
        case "vps.change": "changing \(subject)"
        case "vps.delete": "deleting \(subject)"
        case "template.build": "building \(subject)"
        default: "\(Visible.text(operation.kind)) \(subject)"
        }
    }
}
