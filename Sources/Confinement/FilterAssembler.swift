/// Classic BPF as seccomp(2) runs it: forward jumps only, one accumulator. Labels may be used before they are set.
struct FilterAssembler {
    struct Label: Hashable { fileprivate let number: Int }

    private enum Instruction {
        case plain(code: UInt16, k: UInt32)
        case jumpIfEqual(UInt32, then: Label?, otherwise: Label?)
        case jump(Label)
    }

    private var instructions: [Instruction] = []
    private var positions: [Label: Int] = [:]
    private var labels = 0

    mutating func label() -> Label {
        labels += 1
        return Label(number: labels)
    }

    mutating func set(_ label: Label) { positions[label] = instructions.count }

    /// struct seccomp_data: number at 0, architecture at 4, argument i's low word at 16 + 8i.
    mutating func loadNumber() { instructions.append(.plain(code: 0x20, k: 0)) }
    mutating func loadArchitecture() { instructions.append(.plain(code: 0x20, k: 4)) }
    mutating func loadArgument(_ index: Int) { instructions.append(.plain(code: 0x20, k: 16 + 8 * UInt32(index))) }
    mutating func and(_ mask: UInt32) { instructions.append(.plain(code: 0x54, k: mask)) }
    mutating func answer(_ action: UInt32) { instructions.append(.plain(code: 0x06, k: action)) }
    mutating func jump(_ label: Label) { instructions.append(.jump(label)) }
    /// Nil: the next instruction.
    mutating func ifEqual(_ value: UInt32, then: Label? = nil, otherwise: Label? = nil) { instructions.append(.jumpIfEqual(value, then: then, otherwise: otherwise)) }

    /// An array of struct sock_filter. A label at the very end means what is appended to these bytes.
    func bytes() throws(ConfinementError) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, instruction) in instructions.enumerated() {
            switch instruction {
            case .plain(let code, let k): Self.append(code, 0, 0, k, to: &bytes)
            case .jump(let label): Self.append(0x05, 0, 0, UInt32(try distance(index, label)), to: &bytes)
            case .jumpIfEqual(let value, let then, let otherwise):
                Self.append(0x15, try shortDistance(index, then), try shortDistance(index, otherwise), value, to: &bytes)
            }
        }
        return bytes
    }

    private func distance(_ index: Int, _ label: Label) throws(ConfinementError) -> Int {
        guard let position = positions[label], position > index else { throw .jump("backwards or nowhere") }
        return position - index - 1
    }

    private func shortDistance(_ index: Int, _ label: Label?) throws(ConfinementError) -> UInt8 {
        guard let label else { return 0 }
        guard let short = UInt8(exactly: try distance(index, label)) else { throw .jump("further than 255 instructions") }
        return short
    }

    private static func append(_ code: UInt16, _ then: UInt8, _ otherwise: UInt8, _ k: UInt32, to bytes: inout [UInt8]) {
        bytes += [UInt8(code & 0xFF), UInt8(code >> 8), then, otherwise]
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(k >> UInt32(shift) & 0xFF)) }
    }
}
