import Testing

@testable import Filtering

struct BatchTests {
    @Test func aBatchIsByteForByteWhatTheKernelReads() {
        let bytes = Batch.change(.add, ["rtnaa"], table: "t", set: "links").bytes
        #expect(bytes == [
            20, 0, 0, 0, 0x10, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10,  // begin, for nf_tables
            72, 0, 0, 0, 12, 10, 5, 4, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0,  // new set element, acknowledged, inet
            6, 0, 1, 0, 116, 0, 0, 0,  // table "t"
            10, 0, 2, 0, 108, 105, 110, 107, 115, 0, 0, 0,  // set "links"
            32, 0, 3, 128, 28, 0, 1, 128, 24, 0, 1, 128, 20, 0, 1, 0,  // elements, element, key, value
            114, 116, 110, 97, 97, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            20, 0, 0, 0, 0x11, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10,
        ])
    }

    @Test(arguments: [("a brace", "x}"), ("a space", "a b"), ("empty", ""), ("a newline", "a\nb")])
    func aSettingThatCouldSaySomethingElseIsRefused(_ label: String, _ word: String) {
        #expect(throws: FilterError.badSetting(word), "\(label)") { try Ruleset(table: word, interfacePrefix: "rtn", ipv4Pools: [], ipv6Pools: []) }
    }
}
