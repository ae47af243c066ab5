// swift-tools-version: 6.2
import PackageDescription

// The walls that the compiler holds. `Tests/ArchitectureTests` holds the one that it does not: that a file imports
// only what its target declares here.
let walls: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

// The warden's language: no Swift runtime, only libc. The linker needs the flag too, or it links the runtime.
let embedded: [SwiftSetting] = [.enableExperimentalFeature("Embedded"), .unsafeFlags(["-wmo"])]
let embeddedLinking: [LinkerSetting] = [.unsafeFlags(["-enable-experimental-feature", "Embedded"])]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: walls)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: walls)
}

func suite(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: walls)
}

extension Target.Dependency {
    static let logging = product(name: "Logging", package: "swift-log")
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
    static let yams = product(name: "Yams", package: "Yams")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioFoundationCompat = product(name: "NIOFoundationCompat", package: "swift-nio")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioWebSocket = product(name: "NIOWebSocket", package: "swift-nio")
    static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let hummingbirdHTTP2 = product(name: "HummingbirdHTTP2", package: "hummingbird")
    static let nioHTTP2 = product(name: "NIOHTTP2", package: "swift-nio-http2")
    static let nioHPACK = product(name: "NIOHPACK", package: "swift-nio-http2")
    static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioHTTPTypesHTTP1 = product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
}

let package = Package(
    name: "roost",
    products: [
        .executable(name: "roost", targets: ["roost"]),
        .executable(name: "roostd", targets: ["roostd"]),
        .executable(name: "roost-node", targets: ["roost-node"]),
        .executable(name: "roost-warden", targets: ["roost-warden"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Kernel column: what touches the kernel.
        .target(name: "CKernel"),
        .systemLibrary(name: "CNetlink", pkgConfig: "libnl-3.0", providers: [.apt(["libnl-3-dev"])]),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CCapability", pkgConfig: "libcap", providers: [.apt(["libcap-dev"])]),
        room("Kernel", ["CKernel"]),
        room("Netlinking", ["CNetlink", "Kernel"]),
        .target(name: "Filtering", dependencies: ["CNetlink", "Kernel", "Netlinking"], resources: [.embedInCode("base.nft")], swiftSettings: walls),
        room("Cgroups", ["CKernel", "Kernel", "NodeModel"]),
        room("Confinement", ["CKernel", "CSeccomp", "CCapability", "Kernel"]),
        room("Disks", ["Kernel", "NodeModel"]),
        room("Templates", ["Disks", "Kernel", .yams]),
        room("WardenProtocol"),
        .target(name: "WardenProtocolEmbedded", swiftSettings: walls + embedded),
        room("NodeEngine", ["Cgroups", "Confinement", "Disks", "Filtering", "Kernel", "Netlinking", "NodeModel", "Release", "Templates", "WardenProtocol", .logging]),

        // Data column: records and rules.
        room("Domain"),
        room("Identity", ["Domain", .crypto, .cryptoExtras]),
        .target(name: "Migrations", path: "migrations", resources: [.embedInCode("sql")]),
        room("Store", ["Domain", "Migrations", "NodeModel", .grdb, .crypto]),
        room("ControlPlane", ["Domain", "Identity", "Store", "NodeModel", .logging]),

        // Wire column: what travels.
        room("NodeModel"),
        room("Release"),
        room("APIModel"),
        room("Settings", [.yams]),
        room("NodeClient", ["NodeModel", "ControlPlane", .nioCore, .nioPosix, .logging]),
        room("WebhookClient", ["ControlPlane", "Domain", "Release", .nioCore, .nioHTTP1, .nioPosix, .nioSSL]),
        room("HTTPAPI", ["APIModel", "NodeModel", "ControlPlane", "Domain", "Release", "Store", .crypto, .hummingbird, .hummingbirdCore, .hummingbirdHTTP2, .httpTypes, .nioCore, .nioFoundationCompat, .nioHPACK, .nioHTTP1, .nioHTTP2, .nioSSL, .nioTLS, .nioWebSocket, .nioHTTPTypes, .nioHTTPTypesHTTP1, .logging, .serviceLifecycle]),

        room("APIClient", ["APIModel", .crypto, .nioCore, .nioPosix, .nioHTTP1, .nioSSL, .nioWebSocket]),

        program("roost", ["APIClient", "APIModel", "Kernel", "Release", .argumentParser, .nioCore, .nioPosix, .yams]),
        program("roost-node", ["Kernel", "NodeEngine", "NodeModel", "Release", "Settings", .argumentParser, .logging]),
        .executableTarget(name: "roost-warden", dependencies: ["CKernel", "WardenProtocolEmbedded"], swiftSettings: walls + embedded, linkerSettings: embeddedLinking),
        program("roostd", ["ControlPlane", "Domain", "HTTPAPI", "NodeClient", "Release", "Settings", "Store", "WebhookClient", .argumentParser, .hummingbird, .logging, .nioCore, .serviceLifecycle, .unixSignals]),

        suite("SettingsTests", ["Settings"]),
        suite("DomainTests", ["Domain"]),
        suite("IdentityTests", ["Domain", "Identity"]),
        .target(name: "FakeNode", dependencies: ["ControlPlane", "NodeModel", .nioCore, .nioPosix], path: "Tests/FakeNode", swiftSettings: walls),
        suite("StoreTests", ["Domain", "Migrations", "NodeModel", "Store", .grdb]),
        suite("ControlPlaneTests", ["ControlPlane", "Domain", "FakeNode", "Identity", "NodeClient", "NodeModel", "Store", .logging]),
        suite("HTTPAPITests", ["APIModel", "ControlPlane", "Domain", "FakeNode", "HTTPAPI", "NodeClient", "NodeModel", "Store", .httpTypes, .hummingbird, .hummingbirdCore, .logging, .nioCore, .nioEmbedded, .nioHTTP1, .nioHTTPTypes, .nioPosix, .serviceLifecycle]),
        suite("WebhookClientTests", ["ControlPlane", "Domain", "FakeNode", "HTTPAPI", "Store", "WebhookClient", .logging, .nioCore, .nioPosix, .nioSSL]),
        .target(name: "APIServerFake", dependencies: ["APIClient", "APIModel", .nioCore, .nioPosix, .nioHTTP1, .nioWebSocket], path: "Tests/APIServerFake", swiftSettings: walls),
        suite("APIClientTests", ["APIClient", "APIModel", "APIServerFake"]),
        suite("CommandLineTests", ["roost", "APIClient", "APIModel", "APIServerFake", "CKernel", "Kernel", "Release", .nioPosix]),
        // A child that loads a filter and tries every system call: for ConfinementTests only.
        .target(name: "CFilterProbe", path: "Tests/CFilterProbe"),
        suite("ConfinementTests", ["CCapability", "CFilterProbe", "CSeccomp", "Confinement", "Kernel"]),
        suite("CgroupsTests", ["Cgroups", "Kernel", "NodeModel"]),
        suite("NetlinkingTests", ["Kernel", "Netlinking"]),
        suite("FilteringTests", ["Filtering", "Kernel", "Netlinking"]),
        suite("NodeModelTests", ["NodeModel"]),
        suite("WardenProtocolTests", ["WardenProtocol"]),
        suite("DisksTests", ["Disks", "Kernel", "NodeModel"]),
        suite("TemplatesTests", ["Disks", "Kernel", "NodeModel", "Templates"]),
        suite("NodeEngineTests", ["Cgroups", "Disks", "Filtering", "Kernel", "Netlinking", "NodeEngine", "NodeModel", "WardenProtocol"]),
        suite("ArchitectureTests", []),
        suite("EndToEndTests", []),
    ]
)
