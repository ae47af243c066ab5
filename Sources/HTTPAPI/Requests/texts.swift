internal import ControlPlane
internal import Domain

/// What a text says, for those who know what it means. `what`: the field, or what it is about, for the words of a refusal.
func said<Value>(_ what: String?, _ parse: () throws -> Value) throws -> Value {
    do { return try parse() } catch { throw ControlPlaneError.invalid(what.map { "\($0): \(error)" } ?? "\(error)") }
}

func name(_ text: String, of what: String? = nil) throws -> Name { try said(what) { try Name(text) } }

func word<Word: RawRepresentable<String> & CaseIterable>(_ text: String, of what: String) throws -> Word {
    guard let word = Word(rawValue: text) else { throw ControlPlaneError.invalid("\(what): one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))") }
    return word
}

/// In milliseconds since 1970.
func time(_ text: String, of what: String) throws -> Int64 {
    guard let time = milliseconds(timestamp: text) else { throw ControlPlaneError.invalid("\(what): a time such as 2027-01-31T00:00:00Z") }
    return time
}
