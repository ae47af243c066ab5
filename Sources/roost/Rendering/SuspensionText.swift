internal import APIModel

enum SuspensionText {
    /// "billing (invoice 17), abuse"
    static func words(_ suspensions: [Suspension]) -> String {
        suspensions.map { $0.detail.isEmpty ? $0.reason : "\($0.reason) (\($0.detail))" }.joined(separator: ", ")
    }
}
