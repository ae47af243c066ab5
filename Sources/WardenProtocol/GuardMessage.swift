/// What travels on a warden's own socket, on which the node asks it about the guest, later and after its own restarts.
/// One packet each: this byte, then the payload.
package enum GuardMessage: UInt8, Sendable {
    /// Node → warden, nothing follows. Answered with the same kind: the init's pid on the host (Int32, little-endian)
    /// and its pidfd.
    case status = 1
    /// Node → warden: send me what the console said so far, and what it says from now on.
    case attach = 2
    /// Warden → node: what the console said. Node → warden: what is typed.
    case data = 3
    /// Node → warden: rows and columns, UInt16 each, little-endian.
    case resize = 4

    /// Payloads are cut to this.
    package static let longest = 4096
}
