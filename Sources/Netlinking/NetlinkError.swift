internal import CNetlink

/// What was tried on what, and what libnl or the kernel said (libnl's codes are its own: nl_geterror(3)).
package struct NetlinkError: Error, Equatable, CustomStringConvertible {
    package let operation: String
    package let subject: String
    package let code: Int32

    package var description: String { unsafe "cannot \(operation) \(subject): \(String(cString: nl_geterror(code)))" }

    static let noDevice: Int32 = 31  // NLE_NODEV
    static let notFound: Int32 = 12  // NLE_OBJ_NOTFOUND
    static let exists: Int32 = 6  // NLE_EXIST
}

func checked(_ result: Int32, _ operation: @autoclosure () -> String, _ subject: @autoclosure () -> String) throws(NetlinkError) {
    if result < 0 { throw NetlinkError(operation: operation(), subject: subject(), code: -result) }
}
