/// The rules as a program for cgroup v2, in the kernel's extended BPF (8 bytes an instruction, bpf_insn).
///
/// It is handed struct bpf_cgroup_dev_ctx: access << 16 | type, major, minor, each 32 bits; and answers 1 to allow.
enum DeviceProgram {
    static func assemble(_ rules: [DeviceRule]) -> [UInt8] {
        var program: [Instruction] = [
            .load(into: 2, from: 1, offset: 0),
            .move(3, 2),
            .and(2, 0xFFFF),  // r2: the type, 2 for a character device
            .shiftRight(3, 16),  // r3: the access: 1 make, 2 read, 4 write
            .load(into: 4, from: 1, offset: 4),
            .load(into: 5, from: 1, offset: 8),
        ]
        let blocks = rules.map { rule -> [Instruction] in
            let allow: [Instruction] = [.set(0, 1), .exit]
            guard let minor = rule.minor else { return [.unlessEqual(4, rule.major, skip: Int16(allow.count))] + allow }
            return [.unlessEqual(4, rule.major, skip: Int16(allow.count + 1)), .unlessEqual(5, minor, skip: Int16(allow.count))] + allow
        }
        let length = blocks.reduce(0) { $0 + $1.count }
        program.append(.unlessEqual(2, 2, skip: Int16(length + 1)))  // block devices
        program.append(.ifAnyBit(3, 1, skip: Int16(length)))  // making one
        return (program + blocks.joined() + [.set(0, 0), .exit]).flatMap(\.bytes)
    }

    private struct Instruction {
        var code: UInt8
        var destination: UInt8
        var source: UInt8 = 0
        var offset: Int16 = 0
        var immediate: UInt32 = 0

        static func load(into register: UInt8, from base: UInt8, offset: Int16) -> Instruction { Instruction(code: 0x61, destination: register, source: base, offset: offset) }
        static func move(_ register: UInt8, _ from: UInt8) -> Instruction { Instruction(code: 0xBC, destination: register, source: from) }
        static func and(_ register: UInt8, _ mask: UInt32) -> Instruction { Instruction(code: 0x54, destination: register, immediate: mask) }
        static func shiftRight(_ register: UInt8, _ bits: UInt32) -> Instruction { Instruction(code: 0x74, destination: register, immediate: bits) }
        static func unlessEqual(_ register: UInt8, _ value: UInt32, skip: Int16) -> Instruction { Instruction(code: 0x55, destination: register, offset: skip, immediate: value) }
        static func ifAnyBit(_ register: UInt8, _ bits: UInt32, skip: Int16) -> Instruction { Instruction(code: 0x45, destination: register, offset: skip, immediate: bits) }
        static func set(_ register: UInt8, _ value: UInt32) -> Instruction { Instruction(code: 0xB7, destination: register, immediate: value) }
        static let exit = Instruction(code: 0x95, destination: 0)

        var bytes: [UInt8] {
            let offset = UInt16(bitPattern: offset)
            return [code, source << 4 | destination, UInt8(offset & 0xFF), UInt8(offset >> 8)] + (0..<4).map { UInt8(immediate >> (8 * UInt32($0)) & 0xFF) }
        }
    }
}
