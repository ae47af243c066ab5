/// Calls `body` with the bytes as a C string. Embedded Swift has no bridging of its own.
func withCString<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    var terminated: [CChar] = []
    terminated.reserveCapacity(bytes.count + 1)
    for byte in bytes { terminated.append(CChar(bitPattern: byte)) }
    terminated.append(0)
    return unsafe terminated.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }  // never empty: it ends with NUL
}

/// A NULL-terminated array of C strings, as execve(2) takes.
func withCStrings<Result>(_ strings: [[UInt8]], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result) -> Result {
    var storage: [CChar] = []
    var offsets: [Int] = []
    for string in strings {
        offsets.append(storage.count)
        for byte in string { storage.append(CChar(bitPattern: byte)) }
        storage.append(0)
    }
    return unsafe storage.withUnsafeMutableBufferPointer { buffer in
        var pointers = unsafe [UnsafeMutablePointer<CChar>?]()
        for offset in offsets { unsafe pointers.append(buffer.baseAddress! + offset) }  // not empty where there is an offset
        unsafe pointers.append(nil)
        return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }  // never empty: it ends with NULL
    }
}

func bytes(_ text: StaticString) -> [UInt8] {
    var result: [UInt8] = []
    text.withUTF8Buffer { for unsafe byte in unsafe $0 { result.append(byte) } }
    return result
}

func decimal(_ number: Int) -> [UInt8] {
    if number == 0 { return [48] }
    var digits: [UInt8] = []
    var rest = number < 0 ? -number : number
    while rest > 0 { digits.insert(48 + UInt8(rest % 10), at: 0); rest /= 10 }
    if number < 0 { digits.insert(45, at: 0) }
    return digits
}
