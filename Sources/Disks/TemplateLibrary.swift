internal import FoundationEssentials
internal import Kernel

/// The templates of a pool. A template's folder is replaced whole, so what is opened through one folder belongs together.
package struct TemplateLibrary: Sendable {
    package let pool: Pool

    package init(_ pool: Pool) { self.pool = pool }

    /// Sorted by name.
    package func list() throws(DiskError) -> [Template] {
        let all = try pool.templates()
        let names = try attempt("listing templates") { () throws(KernelError) in try all.entries().map(\.name).filter { !$0.hasPrefix(".") }.sorted() }
        var found: [Template] = []
        for name in names {
            do { found.append(try read(try TemplateName(name))) } catch .templateMissing { continue }  // removed meanwhile
        }
        return found
    }

    package func read(_ name: TemplateName) throws(DiskError) -> Template { try Self.read(try folder(name), name) }

    /// Already gone is success. Disks that were made from it do not need it.
    package func remove(_ name: TemplateName) throws(DiskError) {
        let all = try pool.templates()
        let going = ".\(name).old"
        try attempt("removing template \(name)") { () throws(KernelError) in
            try all.removeTree(going)
            guard try all.information(of: name.text) != nil else { return }
            try all.rename(name.text, to: going)  // first out of sight, whole
            try all.removeTree(going)
        }
    }

    /// Reads the whole image and compares: that it is what was built.
    package func verify(_ name: TemplateName) throws(DiskError) {
        let template = try read(name)
        let found = try Digest.ofFile("\(pool.directory)/\(Layout.templates)/\(name)/\(Layout.image)")
        guard found == template.digest else { throw .templateDamaged(name.text, why: "its image has the digest \(found), and had \(template.digest)") }
    }

    func folder(_ name: TemplateName) throws(DiskError) -> Directory {
        let all = try pool.templates()
        do { return try all.directory(name.text) } catch {
            if error.code == KernelError.noEntry { throw .templateMissing(name.text) }
            throw .kernel(doing: "opening template \(name)", error)
        }
    }

    static func read(_ folder: borrowing Directory, _ name: TemplateName) throws(DiskError) -> Template {
        let bytes: [UInt8]
        do { bytes = try folder.read(Layout.metadata) } catch {
            if error.code == KernelError.noEntry { throw .templateMissing(name.text) }
            throw .kernel(doing: "reading template \(name)", error)
        }
        do { return try JSONDecoder().decode(Template.self, from: Data(bytes)) } catch { throw .templateDamaged(name.text, why: "\(Layout.metadata): \(error)") }
    }

    package static func encode(_ template: Template) throws(DiskError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(template)) + [10] } catch { throw .templateDamaged(template.name, why: "\(error)") }
    }
}

package enum Digest {
    /// SHA-256 in hexadecimal, by sha256sum(1): 400 MB a second, and no copy of it in this process.
    package static func ofFile(_ path: String) throws(DiskError) -> String {
        let lines = try Tool("/usr/bin/sha256sum", package: "coreutils").run(["--binary", path])
        let digest = lines.first?.prefix(64) ?? ""
        guard digest.utf8.count == 64, digest.allSatisfy(\.isHexDigit) else { throw .templateDamaged(path, why: "sha256sum said: \(lines)") }
        return String(digest)
    }
}
