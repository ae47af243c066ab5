internal import CKernel
internal import WardenProtocolEmbedded

/// The last of what the guest's console said, and those who listen.
struct Console {
    static let kept = 16384

    let terminal: Int32
    private var history: [UInt8] = []
    private(set) var listeners: [Int32] = []

    init(terminal: Int32) { self.terminal = terminal }

    enum Reading { case said, silent, gone }

    /// Reads what the guest wrote, one piece of it, and passes it on.
    mutating func read() -> Reading {
        var buffer = [UInt8](repeating: 0, count: GuardLimits.longestContent)
        let length = unsafe buffer.withUnsafeMutableBytes { unsafe ck_read(terminal, $0.baseAddress, $0.count) }
        if length <= 0 { return length == -Int(Failure.tryAgain) ? .silent : .gone }
        let said = Array(buffer[0..<length])
        history += said
        if history.count > Self.kept { history.removeFirst(history.count - Self.kept) }
        for listener in listeners { tell(listener, said) }
        return .said
    }

    /// For the end: nobody writes any more, and what the terminal still holds are the last words.
    mutating func drain() { while read() == .said {} }

    var lastWords: [UInt8] { Array(history.suffix(1024)) }

    mutating func add(_ listener: Int32) {
        guard listeners.contains(listener) || listeners.count < GuardLimits.mostListeners else { return answer(listener, .full) }
        answer(listener, .attached)
        remove(listener)
        listeners.append(listener)
        var start = 0
        while start < history.count {
            let end = min(history.count, start + GuardLimits.longestContent)
            tell(listener, Array(history[start..<end]))
            start = end
        }
    }

    mutating func remove(_ listener: Int32) { listeners.removeAll { $0 == listener } }

    func type(_ bytes: [UInt8]) { try? write(bytes, into: terminal) }  // a full terminal drops what is typed, as a serial line does

    func resize(rows: UInt16, columns: UInt16) { _ = ck_terminal_resize(terminal, rows, columns) }

    /// A listener that does not read loses lines; the guest is never held up.
    private func tell(_ listener: Int32, _ said: [UInt8]) { answer(listener, .said(said)) }

    private func answer(_ listener: Int32, _ answer: GuardAnswer) { try? Channel(descriptor: listener).send(answer.encoded) }  // full, or gone: seen at the next poll
}
