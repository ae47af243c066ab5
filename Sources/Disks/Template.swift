package import NodeModel

/// `a-z`, `0-9`, `.` and `-`, beginning with a letter or digit, at most 63: safe as a file's name.
package struct TemplateName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(DiskError) {
        let bytes = Array(text.utf8)
        func isWord(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard let first = bytes.first, bytes.count <= 63, isWord(first), bytes.allSatisfy({ isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) else {
            throw .badName(text)
        }
        self.text = text
    }

    package var description: String { text }
}

/// A built template, as `template.json` beside its image says.
package struct Template: Codable, Sendable, Equatable {
    package var name: String
    package var summary: String
    package var recipeVersion: Int
    /// SHA-256 of the image, in hexadecimal.
    package var digest: String
    package var imageBytes: Int64
    package var minimumDiskBytes: Int64
    /// Seconds since 1970, UTC.
    package var builtAt: Int64
    /// The guest's init, as a path in the guest.
    package var initPath: String
    /// The signal to init that asks for a shutdown: it powers the guest off.
    package var shutdownSignal: Int32
    package var firstBoot: [FirstBootStep]

    package init(
        name: String, summary: String, recipeVersion: Int, digest: String, imageBytes: Int64, minimumDiskBytes: Int64, builtAt: Int64, initPath: String,
        shutdownSignal: Int32, firstBoot: [FirstBootStep]
    ) {
        self.name = name
        self.summary = summary
        self.recipeVersion = recipeVersion
        self.digest = digest
        self.imageBytes = imageBytes
        self.minimumDiskBytes = minimumDiskBytes
        self.builtAt = builtAt
        self.initPath = initPath
        self.shutdownSignal = shutdownSignal
        self.firstBoot = firstBoot
    }

    package var observation: TemplateObservation {
        TemplateObservation(name: name, digest: digest, imageBytes: imageBytes, minimumDiskBytes: minimumDiskBytes, builtAt: builtAt, summary: summary)
    }
}
