internal import APIClient

/// Names are roostd's to judge; refused here is only what could not even be asked for.
enum NameText {
    static func parse(_ text: String) throws -> String {
        if text.isEmpty { throw InvalidValue("a name is empty") }
        return text
    }

    static func parseVPS(_ text: String) throws -> VPSName {
        guard let name = VPSName(text) else { throw InvalidValue("TENANT/NAME is expected, such as acme/web1") }
        return name
    }
}
