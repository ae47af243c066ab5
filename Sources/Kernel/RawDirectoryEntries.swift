internal import CKernel

extension Directory {
    /// An entry as the kernel named it: a tenant chose the bytes, which need not be text.
    package struct RawEntry: Sendable, Equatable {
        /// With its NUL.
        fileprivate var bytes: [CChar]
        package var isDirectory: Bool
        /// Nil where the bytes are not UTF-8.
        package var name: String? { String(validating: bytes.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }
    }

    /// All entries but "." and "..", in no order (getdents64(2)).
    package func rawEntries() throws(KernelError) -> [RawEntry] {
        let reading = try open(".", .directory)  // an own position: the directory may be listed by two at once
        var entries: [RawEntry] = []
        var buffer = [UInt8](repeating: 0, count: 8192)
        let capacity = buffer.count
        while true {
            let result = unsafe buffer.withUnsafeMutableBytes { unsafe ck_read_directory(reading.number, $0.baseAddress, capacity) }
            let count = Int(try checked(result, "list", "directory \(descriptor.number)"))
            if count == 0 { return entries }
            entries += Self.parseRaw(buffer[..<count])
        }
    }

    /// struct linux_dirent64: inode 8 bytes, offset 8, length of the record 2, type 1 (4: a directory), name with its NUL.
    private static func parseRaw(_ records: ArraySlice<UInt8>) -> [RawEntry] {
        var entries: [RawEntry] = []
        var start = records.startIndex
        while start + 19 < records.endIndex {
            let length = Int(records[start + 16]) | Int(records[start + 17]) << 8
            guard length > 19, start + length <= records.endIndex else { break }
            let name = records[(start + 19)..<(start + length)].prefix { $0 != 0 }
            if !name.elementsEqual([46]), !name.elementsEqual([46, 46]) {
                entries.append(RawEntry(bytes: name.map(CChar.init(bitPattern:)) + [0], isDirectory: records[start + 18] == 4))
            }
            start += length
        }
        return entries
    }

    package func directory(_ entry: RawEntry) throws(KernelError) -> Directory {
        let flags = UInt64(CK_O_RDONLY | CK_O_DIRECTORY)
        let resolve = UInt64(CK_RESOLVE_BENEATH | CK_RESOLVE_NO_SYMLINKS | CK_RESOLVE_NO_MAGICLINKS)
        let result = unsafe ck_openat2(descriptor.number, entry.bytes, flags, 0, resolve)
        return Directory(Descriptor(owning: try checked(result, "open directory", entry.name ?? "entry")), called: entry.name ?? "entry")
    }

    /// Already gone is success.
    package func remove(_ entry: RawEntry) throws(KernelError) {
        let result = unsafe ck_unlinkat(descriptor.number, entry.bytes, entry.isDirectory ? Int32(CK_AT_REMOVEDIR) : 0)
        if result != -KernelError.noEntry { try checked(result, "remove", entry.name ?? "entry") }
    }
}
