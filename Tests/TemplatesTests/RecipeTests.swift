import Disks
import Kernel
import Testing
@testable import Templates

struct RecipeTests {
    static let good = """
        name: a
        summary: one
        version: 2
        builder: mmdebstrap
        suite: bookworm
        packages: [systemd, libstdc++6]
        init: /sbin/init
        shutdownSignal: SIGRTMIN+4
        minimumDisk: 512MiB
        firstBoot: [hostname, machine-id]
        mask: [sys-kernel-debug.mount]
        disable: [getty@tty1.service]
        remove: [/etc/hostname]
        folders:
          - {path: /tmp, mode: "1777"}
        files:
          - {path: /etc/x, content: "y"}
        """

    @Test func aRecipeIsReadWhole() throws {
        let recipe = try Recipe.parse(Self.good, file: "a.yaml")
        #expect(recipe.builder == .mmdebstrap(suite: "bookworm", packages: ["systemd", "libstdc++6"], leaveOut: [], keep: []))
        #expect(recipe.minimumDiskBytes == 512 << 20)
        #expect(recipe.shutdownSignal.number == 38)
        #expect(recipe.firstBoot == [.hostname, .machineID])
        #expect(recipe.folders.map(\.mode) == [0o1777])
        #expect(recipe.files.map(\.mode) == [0o644])
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let from: String
        let to: String
        let line: Int?
        let says: String
    }
    static let rows = [
        Row(testDescription: "an unknown key", from: "version: 2", to: "version: 2\nhook: rm", line: 4, says: "unknown key \"hook\""),
        Row(testDescription: "an unknown key of a file", from: "content: \"y\"", to: "content: y, owner: 0", line: 17, says: "unknown key \"owner\""),
        Row(testDescription: "another builder", from: "builder: mmdebstrap", to: "builder: sh", line: 4, says: "mmdebstrap or busybox is expected, not \"sh\""),
        Row(testDescription: "a package that is an option", from: "systemd, ", to: "--setup-hook=x, ", line: 6, says: "packages: a Debian package's name"),
        Row(testDescription: "a suite with a space", from: "suite: bookworm", to: "suite: a b", line: 5, says: "suite:"),
        Row(testDescription: "a path that climbs", from: "/etc/x", to: "/etc/../x", line: 17, says: "path: an absolute path"),
        Row(testDescription: "a relative path", from: "/sbin/init", to: "sbin/init", line: 7, says: "init:"),
        Row(testDescription: "a unit that is a path", from: "getty@tty1.service", to: "../x.service", line: 12, says: "disable:"),
        Row(testDescription: "a missing key", from: "summary: one", to: "", line: 1, says: "summary is missing"),
        Row(testDescription: "a size without sense", from: "512MiB", to: "512 potatoes", line: 9, says: "minimumDisk: a size such as 512MiB"),
        Row(testDescription: "a size out of range", from: "512MiB", to: "9999999999GiB", line: 9, says: "minimumDisk"),
        Row(testDescription: "a signal that init does not know", from: "SIGRTMIN+4", to: "SIGKILL", line: 8, says: "shutdownSignal"),
        Row(testDescription: "an unknown step", from: "machine-id", to: "curl", line: 10, says: "firstBoot"),
        Row(testDescription: "a mode that is none", from: "1777", to: "99", line: 15, says: "mode: an octal mode"),
        Row(testDescription: "a name with a slash", from: "name: a", to: "name: a/b", line: 1, says: "name:"),
        Row(testDescription: "a structure where a word belongs", from: "summary: one", to: "summary: [one]", line: 2, says: "not \"a structure\""),
        Row(testDescription: "a Debian choice for busybox", from: "builder: mmdebstrap", to: "builder: busybox", line: 5, says: "suite: the builder busybox has no such choice"),
        Row(testDescription: "a key twice", from: "version: 2", to: "version: 2\nversion: 3", line: nil, says: "version"),
        Row(testDescription: "not YAML", from: "name: a", to: "name: [", line: nil, says: ""),
    ]

    @Test(arguments: rows) func aBadRecipeIsRefusedWithItsLine(_ row: Row) throws {
        #expect(Self.good.contains(row.from))
        let text = Self.good.replacing(row.from, with: row.to)
        let error = #expect(throws: TemplateError.self) { try Recipe.parse(text, file: "a.yaml") }
        guard case .badRecipe("a.yaml", let line, let why) = error else { Issue.record("\(String(describing: error))"); return }
        if let wanted = row.line { #expect(line == wanted, "\(why)") }
        #expect(why.contains(row.says) || row.says.isEmpty, "\(why)")
    }

    @Test(arguments: ["busybox", "debian-12"]) func theProjectsOwnRecipesAreGood(name: String) throws {
        let recipe = try RecipeShelf(directory: projectRecipes).read(name)
        #expect(recipe.name.text == name)
    }

    @Test(arguments: ["none", "../templates/busybox", "", "a\nb", "busybox.yaml"]) func whatIsNoRecipeIsUnknown(name: String) {
        #expect(throws: TemplateError.unknownRecipe(name, known: ["busybox", "debian-12"])) { try RecipeShelf(directory: projectRecipes).read(name) }
    }
}

/// The project's `templates` folder, from this file's place.
let projectRecipes = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/templates"
