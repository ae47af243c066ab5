import Foundation
import Testing

@testable import HTTPAPI

struct JSONTests {
    private struct Resource: Encodable {
        enum State: String, Encodable { case running }
        var name = "web", size: Int32 = -5, most = Int64.max, isOn = true, share = 0.5, state = State.running
        var note: String?
        var inner = ["a": [[String: Int]](), "b": [["c": 1]]], gaps: [Int?] = [1, nil]
    }

    @Test("Values are as Foundation's encoder has them")
    func encoding() throws {
        let resources = [Resource(), Resource(note: "x")]
        #expect(try JSON(encoding: resources) == JSONDecoder().decode(JSON.self, from: JSONEncoder().encode(resources)))
    }

    @Test("JSON within a value stays as it is", arguments: [#"{"a":1,"b":[true,null,"x",[{}]],"c":{"d":-5}}"#, "[]", #"{"a":[]}"#])
    func within(text: String) throws {
        let value = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
        #expect(try JSON(encoding: ["whole": [value]]) == ["whole": [value]])
    }

    @Test("The text is canonical", arguments: [
        ("an object", ["b": 1, "a": [true, .null, "x"], "B": [:]], #"{"B":{},"a":[true,null,"x"],"b":1}"#),
        ("what is escaped", "\"\\\u{0}\u{1f}\n", #""\"\\\u0000\u001f\u000a""#),
        ("what is not", "/é\u{7f}\u{2028}😀", "\"/é\u{7f}\u{2028}😀\""),
        ("the least and the greatest", [.whole(.min), .whole(.max)], "[-9223372036854775808,9223372036854775807]"),
        ("numbers", [.number(0.1), .number(-2), .number(1e300)], "[0.1,-2.0,1e+300]"),
    ] as [(String, JSON, String)])
    func text(label: String, value: JSON, text: String) throws { #expect(String(decoding: try value.serialized(), as: UTF8.self) == text, "\(label)") }

    @Test("What is no number is refused", arguments: [Double.nan, .infinity, -.infinity])
    func noNumber(number: Double) { #expect(throws: EncodingError.self) { try JSON.number(number).serialized() } }

    @Test("Another reader reads what was written")
    func readBack() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let value = JSON.object(["value": Self.value(4, &random)])
            #expect(try JSONDecoder().decode(JSON.self, from: Data(try value.serialized())) == value)
        }
    }

    private static func value(_ depth: Int, _ random: inout SystemRandomNumberGenerator) -> JSON {
        switch Int.random(in: depth == 0 ? 2...6 : 0...6, using: &random) {
        case 0: .object(Dictionary((0..<4).map { _ in (words(&random), value(depth - 1, &random)) }) { $1 })
        case 1: .list((0..<4).map { _ in value(depth - 1, &random) })
        case 2: .text(words(&random))
        case 3: .whole(.random(in: .min ... .max, using: &random))
        case 4: .number(.random(in: 0..<1, using: &random) + 0.5)
        case 5: .boolean(.random(using: &random))
        default: .null
        }
    }

    private static let scalars: [ClosedRange<UInt32>] = [0...0x7f, 0x80...0x7ff, 0xe000...0xffff, 0x10000...0x10ffff]

    private static func words(_ random: inout SystemRandomNumberGenerator) -> String {
        var words = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &random) { words += scalars.randomElement(using: &random).flatMap { Unicode.Scalar(.random(in: $0, using: &random)) }.map { [$0] } ?? [] }
        return String(words)
    }
}
