import Netlinking
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("0.0.0.0", "0.0.0.0"), ("10.66.0.7", "10.66.0.7"), ("255.255.255.255", "255.255.255.255"),
        ("", nil), ("1.2.3", nil), ("1.2.3.4.5", nil), ("1.2.3.256", nil), ("01.2.3.4", nil), ("1.2.3.-4", nil), ("1.2.3.+4", nil), (" 1.2.3.4", nil), ("1.2.3.4\n", nil), ("１.2.3.4", nil),
    ] as [(String, String?)])
    func anIPv4AddressIsFourPlainNumbers(text: String, expected: String?) { #expect(IPv4Address(text)?.description == expected) }

    @Test(arguments: [
        ("::", "::"), ("::1", "::1"), ("fe80::1", "fe80::1"), ("FD66:6006:0:7:0:0:0:1", "fd66:6006:0:7::1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1::", "1::"),
        ("", nil), (":", nil), (":::", nil), ("1::2::3", nil), ("1:2:3:4:5:6:7", nil), ("1:2:3:4:5:6:7:8:9", nil), ("1:2:3:4:5:6:7::8", nil), ("12345::", nil), ("g::", nil), (":1::", nil),
        ("fe80::1%eth0", nil), ("::1.2.3.4", nil), ("+1::", nil),
    ] as [(String, String?)])
    func anIPv6AddressIsReadAndWrittenByTheRFCs(text: String, expected: String?) { #expect(IPv6Address(text)?.description == expected) }

    @Test(arguments: [
        ("10.66.0.0/16", true), ("10.66.0.1/16", false), ("10.66.0.0/33", false), ("10.66.0.0/016", false), ("10.66.0.0", false), ("0.0.0.0/0", true), ("10.0.0.0/-1", false),
    ])
    func aPrefixHasNoBitsBehindItsLength(text: String, isOne: Bool) { #expect((IPv4Prefix(text) != nil) == isOne) }

    @Test(arguments: [
        ("10.66.0.0/16", true), ("172.31.0.0/24", true), ("172.32.0.0/24", false), ("100.64.0.0/10", true), ("203.0.113.0/24", false), ("0.0.0.0/0", false), ("10.0.0.0/7", false),
    ])
    func privateIsWhatNobodyOutsideRoutesTo(text: String, isPrivate: Bool) { #expect(IPv4Prefix(text)?.isPrivate == isPrivate) }

    @Test func aUniqueLocalPrefixIsPrivateAndAGlobalOneIsNot() {
        #expect(IPv6Prefix("fd66:6006::/48")?.isPrivate == true)
        #expect(IPv6Prefix("2001:db8::/48")?.isPrivate == false)
        #expect(IPv6Prefix("::/0")?.isPrivate == false)
    }

    @Test func aMACIsLocalAndForOneInterfaceAndItsLinkLocalAddressIsTheKernels() throws {
        let address = MACAddress(derivedFrom: "guest abcdefghjk")
        #expect(address.bytes[0] & 3 == 2)
        #expect(address != MACAddress(derivedFrom: "host abcdefghjk"))
        #expect(address == MACAddress(derivedFrom: "guest abcdefghjk"))
        #expect(address.linkLocalAddress.description.hasPrefix("fe80::"))
    }

    @Test(arguments: [("roost", true), ("r", true), ("", false), ("roosts", false), ("ro-st", false), ("1oost", false), ("ro/st", false), ("ro*", false), ("rö", false)])
    func anInterfacePrefixIsShortAndPlain(text: String, isOne: Bool) { #expect((InterfacePrefix(text) != nil) == isOne) }

    @Test func aHostEndsNameIsPrefixAndIdAndFitsTheKernel() throws {
        let prefix = try #require(InterfacePrefix("roost"))
        #expect(InterfaceName(prefix: prefix, id: "abcdefghjk")?.text == "roostabcdefghjk")
        #expect(InterfaceName(prefix: prefix, id: "abcdefghj") == nil)
        #expect(InterfaceName(prefix: prefix, id: "abcdefgh\nk") == nil)
    }
}
