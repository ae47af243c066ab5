/// The first part of a filter: what is refused by its arguments is answered here, what is allowed by number only too;
/// everything else falls out at the end, into the list of system calls that libseccomp compiled.
///
/// It is not left to libseccomp, which (2.5.4) cannot compare 32 bits for inequality, lets an unconditional rule swallow
/// a conditional one of the same call, and turns a condition on i386's `socket` into one on `socketcall`'s pointer.
enum ArgumentFilter {
    static func compile(_ rules: [ArgumentRule], allowing numbers: [UInt32], number: (String, ABI) throws(ConfinementError) -> UInt32?) throws(ConfinementError) -> [UInt8] {
        var assembler = FilterAssembler()
        let end = assembler.label()
        assembler.loadArchitecture()
        for abi in ABI.allCases {
            let next = assembler.label(), block = assembler.label()
            assembler.ifEqual(abi.rawValue, then: block)
            assembler.jump(next)
            assembler.set(block)
            assembler.loadNumber()
            for (call, rules) in try byCall(rules, abi, number) { compile(call, rules, end, &assembler) }
            for number in numbers {
                let other = assembler.label()
                assembler.ifEqual(number, otherwise: other)
                assembler.answer(Action.allow)
                assembler.set(other)
            }
            assembler.jump(end)
            assembler.set(next)
        }
        assembler.set(end)
        return try assembler.bytes()
    }

    private static func byCall(_ rules: [ArgumentRule], _ abi: ABI, _ number: (String, ABI) throws(ConfinementError) -> UInt32?) throws(ConfinementError) -> [(UInt32, [ArgumentRule])] {
        var found: [(UInt32, [ArgumentRule])] = []
        for rule in rules where rule.abis.contains(abi) {
            for call in rule.calls {
                guard let number = try number(call, abi) else { continue }
                if let index = found.firstIndex(where: { $0.0 == number }) { found[index].1.append(rule) } else { found.append((number, [rule])) }
            }
        }
        return found
    }

    private static func compile(_ call: UInt32, _ rules: [ArgumentRule], _ end: FilterAssembler.Label, _ assembler: inout FilterAssembler) {
        let otherCall = assembler.label()
        assembler.ifEqual(call, otherwise: otherCall)
        for rule in rules {
            let otherRule = assembler.label()
            for condition in rule.conditions { compile(condition, otherRule, &assembler) }
            assembler.answer(Action.errno(rule.errno))
            assembler.set(otherRule)
        }
        assembler.jump(end)  // the accumulator no longer holds the number
        assembler.set(otherCall)
    }

    /// Goes on where the condition holds, to `otherRule` where it does not.
    private static func compile(_ condition: ArgumentRule.Condition, _ otherRule: FilterAssembler.Label, _ assembler: inout FilterAssembler) {
        assembler.loadArgument(condition.argument)
        if condition.mask != .max { assembler.and(condition.mask) }
        let holds = assembler.label()
        for value in condition.values { assembler.ifEqual(value, then: condition.isIn ? holds : otherRule) }
        if condition.isIn { assembler.jump(otherRule) }
        assembler.set(holds)
    }
}

/// What a filter answers (seccomp(2)).
enum Action {
    static let allow: UInt32 = 0x7FFF_0000
    static func errno(_ code: UInt16) -> UInt32 { 0x0005_0000 | UInt32(code) }
}
