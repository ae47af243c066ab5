import Foundation
import Testing

/// SwiftPM lets a file import any module that happens to be built. The walls between the rooms are Package.swift's
/// declarations; this holds each `import` against them.
struct ImportLawTests {
    struct Package: Decodable {
        struct Target: Decodable {
            struct Dependency: Decodable {
                var name: String

                init(from decoder: any Decoder) throws {
                    // {"byName": ["Kernel", null]} or {"product": ["GRDB", "GRDB.swift", null, null]} or {"target": …}
                    let container = try decoder.container(keyedBy: Key.self)
                    let key = try #require(container.allKeys.first)
                    var values = try container.nestedUnkeyedContainer(forKey: key)
                    name = try values.decode(String.self)
                }

                struct Key: CodingKey {
                    var stringValue: String
                    var intValue: Int? { nil }
                    init(stringValue: String) { self.stringValue = stringValue }
                    init?(intValue: Int) { nil }
                }
            }

            var name: String
            var type: String
            var path: String?
            var dependencies: [Dependency]
        }

        var targets: [Target]
    }

    static let toolchain: Set<String> = ["Swift", "Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch", "Glibc", "Synchronization", "Testing", "XCTest", "PackageDescription"]
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func package() throws -> Package {
        // Its own scratch folder: the one that this test runs from is locked. What it leaves beside it goes there, too.
        let folder = FileManager.default.temporaryDirectory.appending(path: "roost-dump-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // best effort: a temporary folder
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["TMPDIR=\(folder.path())", "swift", "package", "--package-path", root.path(), "--scratch-path", folder.appending(path: "build").path(), "dump-package"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Package.self, from: bytes)
    }

    static func imports(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ").map(String.init)
            while let first = words.first, first.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains(first) { words.removeFirst() }
            guard words.count >= 2, words[0] == "import" else { return nil }
            let module = ["struct", "class", "enum", "func", "protocol", "typealias", "let", "var"].contains(words[1]) ? words[2] : words[1]
            return module.split(separator: ".").first.map(String.init)
        }
    }

    @Test func everyImportIsDeclaredInPackageSwift() throws {
        var seen = 0
        for target in try Self.package().targets where target.type != "system" {
            let folder = Self.root.appending(path: target.path ?? "\(target.type == "test" ? "Tests" : "Sources")/\(target.name)")
            let allowed = Self.toolchain.union(target.dependencies.map(\.name)).union([target.name])
            let files = try #require(FileManager.default.enumerator(at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)).compactMap { $0 as? URL }
            for file in files where file.pathExtension == "swift" {
                for module in Self.imports(try String(contentsOf: file, encoding: .utf8)) {
                    seen += 1
                    #expect(allowed.contains(module), "\(file.path()) imports \(module), which \(target.name) does not declare")
                }
            }
        }
        #expect(seen > 100, "the test reads the sources")
    }

    @Test(arguments: [
        ("plain", "import Kernel", ["Kernel"]), ("with access", "package import Kernel", ["Kernel"]), ("testable", "@testable import NodeEngine", ["NodeEngine"]),
        ("of one declaration", "internal import struct Foundation.Date", ["Foundation"]), ("a comment", "// import Nothing", []), ("in a word", "importance", []),
    ])
    func anImportIsRecognised(_ label: String, _ line: String, _ modules: [String]) { #expect(Self.imports(line) == modules, "\(label)") }
}
