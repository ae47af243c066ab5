@testable import roost
import Testing

@Suite("Sizes, CPU and numbers") struct SizeTextTests {
    @Test("sizes are read", arguments: [
        (text: "1B", bytes: 1), (text: "256MiB", bytes: 256 << 20), (text: "16GiB", bytes: 16 << 30), (text: "16 GiB", bytes: 16 << 30), (text: "2g", bytes: 2 << 30),
        (text: "4K", bytes: 4096), (text: "1.5GiB", bytes: 3 << 29), (text: "0.5K", bytes: 512), (text: ".5K", bytes: 512), (text: "3T", bytes: 3 << 40), (text: "007M", bytes: 7 << 20),
        (text: "9223372036854775807B", bytes: Int64.max), (text: "8388607TiB", bytes: 8_388_607 << 40),
    ] as [(text: String, bytes: Int64)])
    func read(text: String, bytes: Int64) throws { #expect(try SizeText.parse(text) == bytes) }

    @Test("what is no size is refused, and why", arguments: [
        (text: "", why: "not a size"), (text: "GiB", why: "not a size"), (text: "big", why: "not a size"), (text: "1.2.3G", why: "not a size"), (text: "1.G", why: "not a size"),
        (text: "٣GiB", why: "not a size"), (text: "+1G", why: "not a size"), (text: "1e9B", why: "'e9B' is no unit"), (text: "-1GiB", why: "negative"), (text: "0", why: "above zero"),
        (text: "0GiB", why: "above zero"), (text: "512", why: "512MiB"), (text: "1GB", why: "1GiB"), (text: "5XiB", why: "no unit"), (text: "1G\u{202E}", why: "\\u{202e}"),
        (text: "8388608TiB", why: "too large"), (text: "9223372036854775808B", why: "not a size"), (text: "99999999999999999999G", why: "not a size"), (text: "0.3K", why: "whole number of bytes"),
    ])
    func refused(text: String, why: String) {
        let error = #expect(throws: InvalidValue.self) { try SizeText.parse(text) }
        #expect(error?.description.contains(why) == true, "\(error?.description ?? "")")
    }

    @Test("zero is a size where nothing is meant by it", arguments: ["0", "0B", "0GiB"]) func zero(text: String) throws { #expect(try SizeText.parseOrZero(text) == 0) }

    @Test("sizes are shown shortly in listings, exactly in refusals", arguments: [
        (bytes: 0, rounded: "0 B", exact: "0 B"), (bytes: 1, rounded: "1 B", exact: "1 B"), (bytes: 1023, rounded: "1023 B", exact: "1023 B"),
        (bytes: 256 << 20, rounded: "256 MiB", exact: "256 MiB"), (bytes: 3 << 29, rounded: "1.5 GiB", exact: "1.5 GiB"), (bytes: 5 << 28, rounded: "1.25 GiB", exact: "1.25 GiB"),
        (bytes: (1 << 30) + 1, rounded: "1 GiB", exact: "1073741825 B"), (bytes: (1 << 30) - 1, rounded: "1023.99 MiB", exact: "1073741823 B"),
        (bytes: (1 << 30) + (1 << 20), rounded: "1 GiB", exact: "1025 MiB"), (bytes: Int64.max, rounded: "8388607.99 TiB", exact: "9223372036854775807 B"),
        (bytes: -(1 << 30), rounded: "-1 GiB", exact: "-1 GiB"), (bytes: Int64.min, rounded: "-8388608 TiB", exact: "-8388608 TiB"),
    ] as [(bytes: Int64, rounded: String, exact: String)])
    func shown(bytes: Int64, rounded: String, exact: String) {
        #expect(SizeText.rounded(bytes) == rounded)
        #expect(SizeText.exact(bytes) == exact)
    }

    @Test("CPU is in cores outside and millicores inside", arguments: [
        (text: "0.5", millicores: 500, shown: "0.5"), (text: "8", millicores: 8000, shown: "8"), (text: "0.125", millicores: 125, shown: "0.125"), (text: "1.050", millicores: 1050, shown: "1.05"),
    ] as [(text: String, millicores: Int64, shown: String)])
    func cpu(text: String, millicores: Int64, shown: String) throws {
        #expect(try CPUText.parse(text) == millicores)
        #expect(CPUText.cores(millicores) == shown)
    }

    @Test("what is no number of cores is refused", arguments: ["", "x", "0", "0.000", "-1", "0.0001", "1.2345", "9223372036854775807", "1e3", "½"])
    func cpuRefused(text: String) { #expect(throws: InvalidValue.self) { try CPUText.parse(text) } }

    @Test("what is no number is refused", arguments: ["", "-1", "1.5", "x", "+1", "9223372036854775808", "٣"])
    func countRefused(text: String) { #expect(throws: InvalidValue.self) { try CountText.parse(text) } }

    @Test("no VPS at all is a quota; no process at all is none") func zeroCounts() throws {
        #expect(try CountText.parse("0") == 0)
        #expect(throws: InvalidValue.self) { try CountText.parseAboveZero("0") }
    }
}
