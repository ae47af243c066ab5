/// The lines of root's authorized_keys. The owner of the guest writes there too: only what we put there is ours to take away.
enum AuthorizedKeys {
    static func merged(existing: String, before: [String], now: [String]) -> String {
        let gone = Set(before).subtracting(now)
        var lines = existing.split(separator: "\n").map(String.init).filter { !gone.contains($0) }
        for key in now where !lines.contains(key) { lines.append(key) }
        return lines.map { $0 + "\n" }.joined()
    }
}
