import Testing
@testable import Templates

struct AptSourcesTests {
    @Test func aGuestGetsItsOwnSuiteOverTheNetwork() {
        let found = AptSources.selected(from: [
            ("sources.list", """
                # comment
                deb http://mirror.example/debian bookworm main contrib
                deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] https://mirror.example/security bookworm-security main
                deb-src http://mirror.example/debian bookworm main
                deb file:/srv/packages bookworm main
                deb cdrom:[disc] bookworm main
                deb http://third.example/x nodistro main
                deb http://mirror.example/debian bookwormish main
                deb
                """),
            ("debian.sources", """
                # what the distribution wrote
                Types: deb deb-src
                URIs: http://mirror.example/debian file:/srv/packages
                # between
                Suites: bookworm trixie bookworm-updates
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: copy:/srv/local
                Suites: bookworm
                Components: main
                \u{20}
                Enabled: no
                Types: deb
                URIs: http://mirror.example/off
                Suites: bookworm
                """),
            ("other.disabled", "deb http://no.example/ bookworm main"),
        ], suite: "bookworm")
        #expect(found.lines == ["deb http://mirror.example/debian bookworm main contrib", "deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] https://mirror.example/security bookworm-security main"])
        #expect(found.stanzas == ["Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"])
    }

    @Test func aKeyWithinAStanzaStaysWithIt() {
        let found = AptSources.selected(from: [("a.sources", "Types: deb\nURIs: http://a.example/\nSuites: x\nSigned-By:\n -----BEGIN-----\n .\n abc\n")], suite: "x")
        #expect(found.stanzas == ["Types: deb\nURIs: http://a.example/\nSuites: x\nSigned-By: \n -----BEGIN-----\n .\n abc\n"])
    }
}
