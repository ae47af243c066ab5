internal import Disks
internal import Kernel
internal import Yams

extension Recipe {
    /// `file`: for messages; the name before `.yaml` has to be the recipe's own.
    package static func parse(_ text: String, file: String) throws(TemplateError) -> Recipe {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch {
            throw .badRecipe(file: file, line: nil, why: "\(error)")
        }
        guard let node else { throw .badRecipe(file: file, line: nil, why: "it is empty") }
        let debian = ["suite", "packages", "leaveOut", "keep"]
        let fields = try RecipeFields(node, file: file, known: [
            "name", "summary", "version", "builder", "init", "shutdownSignal", "minimumDisk", "firstBoot", "mask", "disable", "remove", "folders", "files",
        ] + debian)
        let builder: Builder
        switch try fields.value("builder", "mmdebstrap or busybox", { ["mmdebstrap", "busybox"].contains($0) ? $0 : nil }) {
        case "busybox":
            try fields.refuse(debian, because: "the builder busybox has no such choice")
            builder = .busybox
        default:
            builder = .mmdebstrap(
                suite: try fields.value("suite", "a Debian suite's name", debianName), packages: try fields.list("packages", "a Debian package's name", debianName),
                leaveOut: try fields.list("leaveOut", "a pattern of dpkg's path-exclude", dpkgPattern), keep: try fields.list("keep", "a pattern of dpkg's path-include", dpkgPattern))
        }
        return Recipe(
            name: try fields.value("name", "a template's name (a–z, 0–9, . and -)") { try? TemplateName($0) },  // nil is the parser's refusal
            summary: try fields.value("summary", "one line") { $0.isEmpty || $0.utf8.count > 200 || $0.contains("\n") ? nil : $0 },
            version: try fields.value("version", "a whole number") { Int($0) },
            builder: builder,
            initPath: try fields.value("init", "an absolute path", GuestPath.init),
            shutdownSignal: try fields.value("shutdownSignal", "one of " + ShutdownSignal.allCases.map(\.rawValue).joined(separator: ", "), ShutdownSignal.init),
            minimumDiskBytes: try fields.value("minimumDisk", "a size such as 512MiB", size),
            firstBoot: try fields.list("firstBoot", "one of " + FirstBootStep.allCases.map(\.rawValue).joined(separator: ", "), FirstBootStep.init),
            mask: try fields.list("mask", "a unit's name with its type", UnitName.init),
            disable: try fields.list("disable", "a unit's name with its type", UnitName.init),
            remove: try fields.list("remove", "an absolute path", GuestPath.init),
            folders: try fields.mappings("folders", known: ["path", "mode"]).map { fields throws(TemplateError) in
                Folder(path: try fields.value("path", "an absolute path", GuestPath.init), mode: try fields.value("mode", "an octal mode", default: 0o755, mode))
            },
            files: try fields.mappings("files", known: ["path", "mode", "content"]).map { fields throws(TemplateError) in
                File(path: try fields.value("path", "an absolute path", GuestPath.init), mode: try fields.value("mode", "an octal mode", default: 0o644, mode), content: try fields.value("content", "text") { $0 })
            })
    }

    /// Letters, digits, `+`, `-`, `.`, beginning with a letter or digit: never an option, never a path.
    private static func debianName(_ text: String) -> String? {
        let word = "abcdefghijklmnopqrstuvwxyz0123456789".utf8
        guard let first = text.utf8.first, word.contains(first), text.utf8.count <= 100, text.utf8.allSatisfy({ word.contains($0) || "+-.".utf8.contains($0) }) else { return nil }
        return text
    }

    private static func dpkgPattern(_ text: String) -> String? {
        guard text.hasPrefix("/usr/share/"), text.utf8.count <= 200, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }) else { return nil }
        return text
    }

    private static func mode(_ text: String) -> UInt32? {
        guard let mode = UInt32(text, radix: 8), mode <= 0o7777 else { return nil }
        return mode
    }

    static func size(_ text: String) -> Int64? {
        for (unit, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)] as [(String, Int64)] where text.hasSuffix(unit) {
            guard let count = Int64(text.dropLast(unit.count)), count > 0, count < 1 << (60 - shift) else { return nil }
            return count << shift
        }
        guard let bytes = Int64(text), bytes > 0 else { return nil }
        return bytes
    }
}

/// The recipes of a directory: `<name>.yaml` each.
package struct RecipeShelf: Sendable {
    package let directory: String
    package init(directory: String) { self.directory = directory }

    package func names() throws(TemplateError) -> [String] {
        try attempt("looking for recipes") { () throws(KernelError) in
            try Directory(directory).entries().map(\.name).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.map { String($0.dropLast(5)) }.sorted()
        }
    }

    package func read(_ name: String) throws(TemplateError) -> Recipe {
        let known = try names()
        guard known.contains(name) else { throw .unknownRecipe(name, known: known) }
        let file = "\(directory)/\(name).yaml"
        let text = try attempt("reading a recipe") { () throws(KernelError) in try HostFile.readText(file) }
        let recipe = try Recipe.parse(text, file: file)
        guard recipe.name.text == name else { throw .badRecipe(file: file, line: nil, why: "its name is \(recipe.name), and its file's is \(name)") }
        return recipe
    }
}
