import Foundation
import Testing

extension EndToEnd {
    /// As a hoster's panel is told what happens: by a receiver that is another implementation than ours, and checks what it gets.
    @Suite struct Webhooks {
        @Test func aPanelIsToldInOrderAfterItsOwnFailureAndAfterACrash() throws {
            try withPlatform(slot: 34) { roost in
                let path = "\(roost.folder)/roost.yaml"
                try (try String(contentsOfFile: path, encoding: .utf8) + "\nwebhooks: {privateNetworks: [127.0.0.0/8]}\n").write(toFile: path, atomically: true, encoding: .utf8)
                roost.kill("roostd")
                try roost.start("roostd")
                try roost.makeTenant()
                try roost.makeBusybox()

                let receiver = Process()
                receiver.executableURL = URL(filePath: "/usr/bin/python3")
                receiver.arguments = ["-c", Self.receiver, roost.folder]
                try receiver.run()
                defer {
                    kill(receiver.processIdentifier, SIGKILL)  // it has inherited that other signals are blocked
                    receiver.waitUntilExit()
                }
                func said(_ file: String) -> String { (try? String(contentsOfFile: "\(roost.folder)/\(file)", encoding: .utf8)) ?? "" }  // not yet
                #expect(eventually { said("port").hasSuffix("\n") })
                struct Made: Decodable { var secret: String }
                let url = "http://127.0.0.1:\(said("port").trimmingCharacters(in: .newlines))/hook"
                let made = try roost.must("webhook", "create", "panel", "--tenant", "acme", "--url", url, "--kind", "vps.", "--output", "json").output
                try JSONDecoder().decode(Made.self, from: Data(made.utf8)).secret.write(toFile: "\(roost.folder)/secret", atomically: true, encoding: .utf8)
                let inside = try roost.roost("webhook", "create", "inside", "--tenant", "acme", "--url", "https://10.132.0.2/")
                #expect(inside.status == 5 && inside.errors.contains("[conflict]"), "\(inside)")

                try roost.must("vps", "create", "acme/web1", "--plan", "small", "--template", "busybox")
                #expect(eventually { said("heard").contains("vps.started acme/web1") }, "\(said("heard")) \(roost.logs)")
                roost.kill("roostd")
                try roost.start("roostd")
                try roost.must("vps", "stop", "acme/web1", "--force")
                #expect(eventually { said("heard").contains("vps.stopped acme/web1") }, "\(said("heard")) \(roost.logs)")
                let heard = said("heard").split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
                let taken = heard.filter { $0[0] == "204" }
                #expect(heard.prefix(3).map { $0[0] } == ["500", "503", "204"] && Set(heard.prefix(3).map { $0[1] }).count == 1, "\(heard)")
                #expect(heard.count == taken.count + 2, "each was signed as it must be: \(heard)")
                let kinds = taken.map { $0[2] }
                #expect(kinds.first == "vps.created" && kinds.last == "vps.stopped" && kinds.allSatisfy { $0.hasPrefix("vps.") }, "\(kinds)")
                let numbers = taken.compactMap { Int($0[1].dropFirst("evt_".count)) }
                #expect(numbers == numbers.sorted() && numbers.count == taken.count, "\(numbers)")
                #expect(eventually { (try? roost.must("webhook", "show", "panel", "--tenant", "acme"))?.output.contains("last answer: 204") == true })
                try roost.must("webhook", "delete", "panel", "--tenant", "acme", "--yes")
                let events = try roost.must("audit", "list", "--output", "json").output
                #expect(!roost.logs.contains("whsec_") && !events.contains("whsec_"))
            }
        }

        /// Twice it fails.
        private static let receiver = """
            from base64 import b64decode, b64encode
            from hmac import compare_digest, digest
            from http.server import BaseHTTPRequestHandler, HTTPServer
            from json import loads
            from sys import argv
            from time import time

            failures = [503, 500]

            class Receiver(BaseHTTPRequestHandler):
                def do_POST(self):
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                    name, at = self.headers["webhook-id"], self.headers["webhook-timestamp"]
                    with open(argv[1] + "/secret") as file:
                        key = b64decode(file.read().removeprefix("whsec_"))
                    signature = "v1," + b64encode(digest(key, f"{name}.{at}.".encode() + body, "sha256")).decode()
                    is_good = compare_digest(signature, self.headers["webhook-signature"]) and abs(time() - int(at)) < 300
                    status = failures.pop() if failures else 204 if is_good else 400
                    message = loads(body)
                    with open(argv[1] + "/heard", "a") as file:
                        print(status, name, message["type"], message["data"]["subject"], file=file)
                    self.send_response(status)
                    self.end_headers()

                def log_message(self, *words):
                    pass

            server = HTTPServer(("127.0.0.1", 0), Receiver)
            with open(argv[1] + "/port", "w") as file:
                print(server.server_port, file=file)
            server.serve_forever()
            """
    }
}
