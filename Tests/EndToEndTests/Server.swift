import Foundation

extension Platform {
    struct Token: Decodable { var id: String; var secret: String }

    func token(_ arguments: String...) throws -> Token {
        struct Made: Decodable { struct Of: Decodable { var id: String }; var token: Of; var secret: String }
        let made = try JSONDecoder().decode(Made.self, from: Data(try must(["token", "create"] + arguments + ["--output", "json"]).output.utf8))
        return Token(id: made.token.id, secret: made.secret)
    }

    /// Over the network too, from the next start of roostd on, which this is.
    func listen() throws -> Server {
        let path = "\(folder)/roost.yaml"
        let port = 20_000 + Int(ProcessInfo.processInfo.processIdentifier) % 10_000
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try (text + "\napi: {listen: \"127.0.0.1:\(port)\", certificate: \(folder)/tls.crt, key: \(folder)/tls.key}\n").write(toFile: path, atomically: true, encoding: .utf8)
        try run("openssl", [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=roost", "-addext", "subjectAltName=IP:127.0.0.1",
            "-keyout", "\(folder)/tls.key", "-out", "\(folder)/tls.crt",
        ])
        try run("chown", [Self.roostdUser, "\(folder)/tls.key"])
        try FileManager.default.createDirectory(atPath: "\(folder)/home", withIntermediateDirectories: true)
        kill("roostd")
        try start("roostd")
        return Server(url: "https://127.0.0.1:\(port)", home: "\(folder)/home", certificate: "\(folder)/tls.crt")
    }
}

/// What a tenant knows of the platform, and his own folder.
struct Server {
    let url: String
    let home: String
    let certificate: String

    func tenant(_ arguments: String...) throws -> Outcome { try tenant(arguments) }

    func tenant(_ arguments: [String], input: String = "") throws -> Outcome {
        try run("env", ["-i", "HOME=\(home)", Platform.programs.appending(path: "roost").path()] + arguments, input: input, seconds: 120 * Machine.patience)
    }

    func fingerprint() throws -> String {
        let said = try run("openssl", ["x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"]).trimmed
        return "SHA256:" + (said.split(separator: "=").last ?? "")
    }

    func curl(_ path: String, _ arguments: String..., token: String?) throws -> Outcome { try curl(path, arguments, token: token) }

    func curl(_ path: String, _ arguments: [String], token: String?) throws -> Outcome {
        try run("curl", ["-sS", "--max-time", "20", "--cacert", certificate, "-w", " %{http_code}"] + arguments + (token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []) + [url + path])
    }
}
