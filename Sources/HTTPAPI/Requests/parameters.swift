internal import ControlPlane
internal import HummingbirdCore

extension URI {
    /// Every parameter is one of these, and there once, unless it is a list: a misspelt dry_run would be done, a misspelt filter would show all.
    func requireParameters(of fields: [Schema.Field]) throws {
        let known = Dictionary(fields.map { ($0.name, $0.schema) }) { first, _ in first }
        var seen: Set<String> = []
        for name in queryParameters.map({ String($0.key) }) {
            guard let schema = known[name] else { throw ControlPlaneError.invalid(known.isEmpty ? "unknown parameter; there are none" : "unknown parameter; there are \(known.keys.sorted().joined(separator: ", "))") }
            if case .list = schema { continue }
            guard seen.insert(name).inserted else { throw ControlPlaneError.invalid("\(name) is there twice") }
        }
    }
}
