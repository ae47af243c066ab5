internal import Disks
internal import Kernel

/// Debian by mmdebstrap(1), from the host's own package sources.
struct DebianTree {
    let suite: String
    let packages: [String]
    let leaveOut: [String]
    let keep: [String]
    /// The host's /etc/apt.
    let aptConfiguration: String

    private static let program = BuilderProgram(file: "/usr/bin/mmdebstrap", package: "mmdebstrap")

    /// Into `place`/root. `place` is a directory of ours; what the builder needs beside it goes there too.
    func build(in place: borrowing Directory, path: String, holding lock: borrowing Descriptor, until stop: BuildStop, progress: (Double, String) -> Void) throws(TemplateError) {
        let sources = AptSources.selected(from: try hostSources(), suite: suite)
        guard !sources.isEmpty else { throw .noSources(suite: suite, directory: aptConfiguration) }
        var files: [String] = []
        try attempt("preparing the build") { () throws(KernelError) in
            try place.makeDirectory("tmp", mode: 0o700)
            if !sources.stanzas.isEmpty {
                try place.replace("debian.sources", with: Array(sources.stanzas.joined(separator: "\n").utf8), durable: false)
                files.append("\(path)/debian.sources")
            }
            if !sources.lines.isEmpty {
                try place.replace("debian.list", with: Array(sources.lines.map { $0 + "\n" }.joined().utf8), durable: false)
                files.append("\(path)/debian.list")
            }
        }
        var environment = Program.plainEnvironment
        environment["TMPDIR"] = "\(path)/tmp"
        var done = 0.0
        try Self.program.run(arguments(root: "\(path)/root", sources: files), environment: environment, holding: lock, until: stop) { line in
            done = Self.fraction(after: line) ?? done
            progress(done, line)
        }
        try keepSources(in: place)
    }

    func arguments(root: String, sources: [String]) -> [String] {
        ["--mode=root", "--variant=minbase", "--format=directory", "--include=\(packages.joined(separator: ","))"]
            + leaveOut.map { "--dpkgopt=path-exclude=\($0)" } + keep.map { "--dpkgopt=path-include=\($0)" } + [suite, root] + sources
    }

    /// How much of the builder's work is done when it says a line; from the times of one build.
    static func fraction(after line: String) -> Double? {
        let stages: [(String, Double)] = [
            ("I: running apt-get update", 0.02), ("I: downloading packages", 0.15), ("I: extracting archives", 0.3), ("I: installing essential", 0.4),
            ("I: installing remaining", 0.55), ("I: cleaning package lists", 0.97), ("I: success", 1),
        ]
        return stages.first { line.hasPrefix($0.0) }?.1
    }

    private func hostSources() throws(TemplateError) -> [(name: String, text: String)] {
        try attempt("reading the host's package sources") { () throws(KernelError) in
            var found: [(String, String)] = []
            let top = try Directory(aptConfiguration)
            if try top.information(of: "sources.list") != nil { found.append(("sources.list", try HostFile.readText("\(aptConfiguration)/sources.list"))) }
            guard try top.information(of: "sources.list.d") != nil else { return found }
            for name in try Directory("\(aptConfiguration)/sources.list.d").entries().map(\.name).sorted() where name.hasSuffix(".list") || name.hasSuffix(".sources") {
                found.append((name, try HostFile.readText("\(aptConfiguration)/sources.list.d/\(name)")))
            }
            return found
        }
    }

    /// mmdebstrap numbers the files that it copies.
    private func keepSources(in place: borrowing Directory) throws(TemplateError) {
        try attempt("naming the guest's package sources") { () throws(KernelError) in
            let folder = try place.directory("root/etc/apt/sources.list.d")
            for entry in try folder.entries() where entry.name.hasPrefix("0") && entry.kind == .file {
                try folder.rename(entry.name, to: String(entry.name.drop(while: \.isNumber)))
            }
        }
    }
}
