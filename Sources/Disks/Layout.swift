/// The names in a pool. What is being made or removed begins with a dot, which no VPS's id and no template's name does.
package enum Layout {
    package static let templates = "templates"
    package static let image = "image.ext4"
    package static let metadata = "template.json"
    package static let sizes = "sizes"
    package static func variant(_ bytes: Int64) -> String { "\(bytes).ext4" }

    static let disks = "vps"
    static let disk = "disk.ext4"
    static let newDisk = ".disk.ext4.new"
    static let removedPrefix = ".removed."

    /// Every image is of whole blocks.
    package static let blockBytes: Int64 = 4096
    package static func wholeBlocks(_ bytes: Int64) -> Int64 { bytes / blockBytes * blockBytes }
}
