/// The two ways into a 64-bit x86 kernel that a guest may take; x32, the third, is refused whole. Raw: AUDIT_ARCH_*.
enum ABI: UInt32, CaseIterable, Sendable {
    case x86_64 = 0xC000_003E
    case i386 = 0x4000_0003
}
