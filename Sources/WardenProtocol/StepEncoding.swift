extension Step {
    func write(to out: inout ByteWriter) throws(MessageTooLong) {
        switch self {
        case .unshare(let flags): out.put(1 as UInt8); out.put(flags)
        case .writeFile(let path, let content): out.put(2 as UInt8); try out.put(path); try out.put(content)
        case .placeSelf(let slot): out.put(3 as UInt8); out.put(slot)
        case .enter(let slot, let flags): out.put(4 as UInt8); out.put(slot); out.put(flags)
        case .mapIDs(let base, let count): out.put(5 as UInt8); out.put(base); out.put(count)
        case .reportBirth: out.put(7 as UInt8)
        case .receive: out.put(8 as UInt8)
        case .mapMount(let slot): out.put(9 as UInt8); out.put(slot)
        case .give(let slot): out.put(10 as UInt8); out.put(slot)
        case .take: out.put(11 as UInt8)
        case .makeMountsPrivate: out.put(12 as UInt8)
        case .placeRoot(let slot): out.put(13 as UInt8); out.put(slot)
        case .makeDirectory(let path, let mode): out.put(14 as UInt8); try out.put(path); out.put(mode)
        case .makeFile(let path, let mode): out.put(15 as UInt8); try out.put(path); out.put(mode)
        case .link(let path, let content): out.put(16 as UInt8); try out.put(path); try out.put(content)
        case .mount(let type, let path, let attributes, let options):
            out.put(17 as UInt8); try out.put(type); try out.put(path); out.put(attributes); try out.putCount(options.count, as: UInt8.self)
            for option in options { try out.put(option.key); try out.put(option.value) }
        case .bindHost(let source, let path): out.put(18 as UInt8); try out.put(source); try out.put(path)
        case .mask(let path): out.put(19 as UInt8); try out.put(path)
        case .makeReadOnly(let path): out.put(20 as UInt8); try out.put(path)
        case .openTerminal(let path, let rows, let columns): out.put(21 as UInt8); try out.put(path); out.put(rows); out.put(columns)
        case .standardStreams(let input, let output, let error): out.put(22 as UInt8); out.put(input); out.put(output); out.put(error)
        case .pivot: out.put(23 as UInt8)
        case .setHostname(let name): out.put(24 as UInt8); try out.put(name)
        case .newSession: out.put(25 as UInt8)
        case .newKeyring: out.put(26 as UInt8)
        case .becomeRoot: out.put(27 as UInt8)
        case .loadFilter(let program): out.put(28 as UInt8); try out.put(program)
        case .limitCapabilities(let keep, let last): out.put(29 as UInt8); out.put(keep); out.put(last)
        case .changeDirectory(let path): out.put(30 as UInt8); try out.put(path)
        case .execute(let arguments, let environment): out.put(31 as UInt8); try out.putAll(arguments); try out.putAll(environment)
        case .mountParts(let type, let path, let attributes, let parts): out.put(32 as UInt8); try out.put(type); try out.put(path); out.put(attributes); try out.putAll(parts)
        case .tryDirectory(let path): out.put(33 as UInt8); try out.put(path)
        case .release: out.put(34 as UInt8)
        case .hold: out.put(6 as UInt8)
        case .stage: out.put(35 as UInt8)
        case .unstage(let path): out.put(36 as UInt8); try out.put(path)
        }
    }

    init(from message: inout ByteReader) throws(MalformedMessage) {
        switch try message.number(UInt8.self) {
        case 1: self = .unshare(flags: try message.number())
        case 2: self = .writeFile(path: try message.text(), content: try message.text())
        case 3: self = .placeSelf(try message.number())
        case 4: self = .enter(try message.number(), flags: try message.number())
        case 5: self = .mapIDs(base: try message.number(), count: try message.number())
        case 7: self = .reportBirth
        case 8: self = .receive
        case 9: self = .mapMount(try message.number())
        case 10: self = .give(try message.number())
        case 11: self = .take
        case 12: self = .makeMountsPrivate
        case 13: self = .placeRoot(try message.number())
        case 14: self = .makeDirectory(path: try message.text(), mode: try message.number())
        case 15: self = .makeFile(path: try message.text(), mode: try message.number())
        case 16: self = .link(path: try message.text(), content: try message.text())
        case 17: self = .mount(type: try message.text(), path: try message.text(), attributes: try message.number(), options: try Option.list(from: &message))
        case 18: self = .bindHost(source: try message.text(), path: try message.text())
        case 19: self = .mask(path: try message.text())
        case 20: self = .makeReadOnly(path: try message.text())
        case 21: self = .openTerminal(bindTo: try message.text(), rows: try message.number(), columns: try message.number())
        case 22: self = .standardStreams(try message.number(), try message.number(), try message.number())
        case 23: self = .pivot
        case 24: self = .setHostname(try message.text())
        case 25: self = .newSession
        case 26: self = .newKeyring
        case 27: self = .becomeRoot
        case 28: self = .loadFilter(try message.text())
        case 29: self = .limitCapabilities(keep: try message.number(), last: try message.number())
        case 30: self = .changeDirectory(try message.text())
        case 31: self = .execute(arguments: try message.texts(), environment: try message.texts())
        case 32: self = .mountParts(type: try message.text(), path: try message.text(), attributes: try message.number(), parts: try message.texts())
        case 33: self = .tryDirectory(try message.text())
        case 34: self = .release
        case 35: self = .stage
        case 36: self = .unstage(path: try message.text())
        case 6: self = .hold
        default: throw MalformedMessage()
        }
    }
}

extension Step.Option {
    fileprivate static func list(from message: inout ByteReader) throws(MalformedMessage) -> [Step.Option] {
        var options: [Step.Option] = []
        for _ in 0..<(try message.number(UInt8.self)) { options.append(Step.Option(key: try message.text(), value: try message.text())) }
        return options
    }
}

extension ByteWriter {
    fileprivate mutating func putAll(_ texts: [[UInt8]]) throws(MessageTooLong) {
        try putCount(texts.count, as: UInt16.self)
        for text in texts { try put(text) }
    }
}

extension ByteReader {
    fileprivate mutating func texts() throws(MalformedMessage) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        for _ in 0..<(try number(UInt16.self)) { texts.append(try text()) }
        return texts
    }
}
