internal import CKernel
internal import WardenProtocolEmbedded

/// The last of what the guest's console said, and those who listen.
struct Console {
    static let kept = 16384
    static let mostListeners = 4

    let terminal: Int32
    private var history: [UInt8] = []
    private(set) var listeners: [Int32] = []

    init(terminal: Int32) { self.terminal = terminal }

    /// Reads what the guest wrote and passes it on. False: the terminal is gone.
    mutating func drain() -> Bool {
        var buffer = [UInt8](repeating: 0, count: GuardMessage.longest - 1)
        let length = unsafe buffer.withUnsafeMutableBytes { unsafe ck_read(terminal, $0.baseAddress, $0.count) }
        if length <= 0 { return length == -Int(Failure.tryAgain) }
        let said = Array(buffer[0..<length])
        history += said
        if history.count > Self.kept { history.removeFirst(history.count - Self.kept) }
        for listener in listeners { tell(listener, said) }
        return true
    }

    var lastWords: [UInt8] { Array(history.suffix(1024)) }

    mutating func add(_ listener: Int32) {
        guard listeners.count < Self.mostListeners else { return }
        listeners.append(listener)
        var start = 0
        while start < history.count {
            let end = min(history.count, start + GuardMessage.longest - 1)
            tell(listener, Array(history[start..<end]))
            start = end
        }
    }

    mutating func remove(_ listener: Int32) { listeners.removeAll { $0 == listener } }

    func type(_ bytes: [UInt8]) { try? write(bytes, into: terminal) }  // a full terminal drops what is typed, as a serial line does

    func resize(_ bytes: [UInt8]) {
        guard bytes.count == 4 else { return }
        _ = ck_terminal_resize(terminal, UInt16(bytes[0]) | UInt16(bytes[1]) << 8, UInt16(bytes[2]) | UInt16(bytes[3]) << 8)
    }

    /// A listener that does not read loses lines; the guest is never held up.
    private func tell(_ listener: Int32, _ said: [UInt8]) {
        try? Channel(descriptor: listener).send([GuardMessage.data.rawValue] + said)
    }
}
