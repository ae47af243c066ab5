/// The errno of the call that failed; the step that it belongs to is known by who caught it.
struct Failure: Error {
    let code: Int32

    static let missing: Int32 = 2
    static let invalid: Int32 = 22
    static let tryAgain: Int32 = 11
    static let busy: Int32 = 16
    static let exists: Int32 = 17
    static let reset: Int32 = 104
}

@discardableResult
func checked(_ result: Int32) throws(Failure) -> Int32 {
    if result < 0 { throw Failure(code: -result) }
    return result
}

@discardableResult
func checked(_ result: Int) throws(Failure) -> Int {
    if result < 0 { throw Failure(code: Int32(truncatingIfNeeded: -result)) }
    return result
}
