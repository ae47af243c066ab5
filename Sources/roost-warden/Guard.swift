internal import CKernel
internal import WardenProtocolEmbedded

/// What a warden does while its guest runs: wait for the end of it, keep its console, answer the node.
struct Guard {
    let initPid: Int32
    let initPidfd: Int32
    let listener: Int32
    let record: Int32
    var console: Console
    private var nodes: [Int32] = []
    /// The guest's side of its terminal, held open: a terminal that nobody has open ends every read of its other side.
    private var held: Int32 = -1
    private var terminalIsOpen = false

    init(initPid: Int32, initPidfd: Int32, terminal: Int32, listener: Int32, record: Int32) {
        self.initPid = initPid
        self.initPidfd = initPidfd
        self.listener = listener
        self.record = record
        console = Console(terminal: terminal)
        hold()
    }

    /// Again after each vhangup(2), with which a getty takes the console over.
    private mutating func hold() {
        if held >= 0 { _ = ck_close(held) }
        held = ck_terminal_peer(console.terminal)
        terminalIsOpen = held >= 0
    }

    private static let mostNodes = 16

    /// Returns when the guest's init has ended.
    mutating func keep() {
        while true {
            let watched = [initPidfd, listener, terminalIsOpen ? console.terminal : -1] + nodes
            let ready = poll(watched)
            if ready.count > 2, ready[2] != 0, console.read() == .gone { hold() }
            if ready.count > 1, ready[1] != 0 { accept() }
            if ready.count > 3 {
                for index in 3..<ready.count where ready[index] != 0 { answer(watched[index]) }
            }
            if ready.count > 0, ready[0] != 0, recordTheEnd() { return }
        }
    }

    private func poll(_ watched: [Int32]) -> [Int16] {
        let events = [Int16](repeating: Int16(CK_POLL_IN), count: watched.count)
        var results = [Int16](repeating: 0, count: watched.count)
        let count = unsafe watched.withUnsafeBufferPointer { watched in
            unsafe events.withUnsafeBufferPointer { events in
                unsafe results.withUnsafeMutableBufferPointer { unsafe ck_poll(watched.baseAddress, events.baseAddress, $0.baseAddress, Int32(watched.count), -1) }
            }
        }
        return count < 0 ? [] : results
    }

    private mutating func accept() {
        let node = ck_accept(listener)
        guard node >= 0 else { return }
        // Only root may ask; the socket lies in a directory of root's, so this is the second lock.
        var pid: Int32 = 0, uid: UInt32 = 0
        let peer = unsafe ck_peer(node, &pid, &uid)
        guard peer == 0, uid == 0, nodes.count < Self.mostNodes, ck_set_nonblocking(node, true) == 0 else {
            _ = ck_close(node)
            return
        }
        nodes.append(node)
    }

    private mutating func answer(_ node: Int32) {
        let channel = Channel(descriptor: node)
        guard let packet = try? channel.receive(atMost: GuardLimits.longest), !packet.bytes.isEmpty else {  // gone, or talks too much
            nodes.removeAll { $0 == node }
            console.remove(node)
            _ = ck_close(node)
            return
        }
        for stray in packet.descriptors { _ = ck_close(stray) }
        guard let request = try? GuardRequest(decoding: packet.bytes) else { return }  // of a newer node
        switch request {
        case .status: try? channel.send(GuardAnswer.status(initPid: initPid).encoded, [initPidfd])  // gone: seen at the next poll
        case .attach: console.add(node)
        case .type(let bytes): console.type(bytes)
        case .resize(let rows, let columns): console.resize(rows: rows, columns: columns)
        }
    }

    /// "code status" as waitid(2) says it, then a line, then what the console said last. False: not yet.
    private mutating func recordTheEnd() -> Bool {
        var code: Int32 = 0, status: Int32 = 0
        guard unsafe ck_wait_pidfd(initPidfd, false, &code, &status) == 0 else { return false }
        console.drain()
        try? write(decimal(Int(code)) + [32] + decimal(Int(status)) + [10] + console.lastWords, into: record)  // unrecorded, the node says "ended, unknown how"
        return true
    }
}
