import Domain
import Testing

struct HexadecimalTests {
    @Test(arguments: [("", [] as [UInt8]?), ("00ff", [0, 255]), ("AbCd", [171, 205]), ("0", nil), ("0g", nil), ("+f", nil), ("0x", nil), (" 0", nil), ("é0", nil)])
    func hexadecimalDigits(text: String, bytes: [UInt8]?) {
        #expect(Hexadecimal.bytes(text) == bytes, "\(text)")
        if let bytes { #expect(Hexadecimal.text(bytes) == text.lowercased()) }
    }
}
