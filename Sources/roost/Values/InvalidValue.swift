/// Why a value given on the command line is refused; shown behind the option's name.
struct InvalidValue: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
