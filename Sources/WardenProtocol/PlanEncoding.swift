extension Plan {
    /// The first byte of an encoded plan. A warden refuses any other version: both ends are installed together.
    package static let version: UInt8 = 1
    /// Of one packet.
    package static let longest = 1 << 17

    /// Throws when it is longer than a warden takes, or a list in it is longer than its count can say.
    package func encoded() throws(MessageTooLong) -> [UInt8] {
        var out = ByteWriter()
        out.put(Self.version)
        try out.put(before)
        out.put(cloneFlags)
        out.put(bornIn ?? .max)
        try out.put(onChild)
        try out.put(child)
        switch afterwards {
        case .keepGuard(let listener, let record, let uid): out.put(1 as UInt8); out.put(listener); out.put(record); out.put(uid)
        case .wait: out.put(2 as UInt8)
        }
        guard out.bytes.count <= Self.longest else { throw MessageTooLong() }
        return out.bytes
    }

    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var message = ByteReader(bytes)
        guard try message.number(UInt8.self) == Self.version else { throw MalformedMessage() }
        before = try message.steps()
        cloneFlags = try message.number()
        let slot = try message.number(Step.Slot.self)
        bornIn = slot == .max ? nil : slot
        onChild = try message.steps()
        child = try message.steps()
        switch try message.number(UInt8.self) {
        case 1: afterwards = .keepGuard(listener: try message.number(), record: try message.number(), uid: try message.number())
        case 2: afterwards = .wait
        default: throw MalformedMessage()
        }
        guard message.isAtEnd else { throw MalformedMessage() }
    }
}

extension ByteWriter {
    fileprivate mutating func put(_ steps: [Step]) throws(MessageTooLong) {
        try putCount(steps.count, as: UInt16.self)
        for step in steps { try step.write(to: &self) }
    }
}

extension ByteReader {
    fileprivate mutating func steps() throws(MalformedMessage) -> [Step] {
        var steps: [Step] = []
        for _ in 0..<(try number(UInt16.self)) { steps.append(try Step(from: &self)) }
        return steps
    }
}
