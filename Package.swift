// swift-tools-version: 6.2
import PackageDescription

// dlib's detector and predictor are header templates: these flags decide its speed, and it is measured at its best. They
// are set in debug builds too, or the tests would take minutes. On arm64 NEON is on by default.
#if arch(x86_64)
    let vectorFlags = ["-mavx2", "-mfma"]
#else
    let vectorFlags: [String] = []
#endif
let dlibSettings: [CXXSetting] = [.unsafeFlags(["-O3", "-DNDEBUG", "-fvisibility=hidden", "-w"] + vectorFlags)]
/// Vector code of our own, in debug builds too: it chooses by itself what this machine's processor has.
let vectorSettings: [CXXSetting] = [
    .unsafeFlags(["-O3", "-DNDEBUG", "-fvisibility=hidden", "-Wall", "-Wextra", "-Wno-psabi"])
]
/// OpenCV's arithmetic to the last bit: a product and a sum are rounded each for itself.
let exactSettings: [CXXSetting] = vectorSettings + [.unsafeFlags(["-ffp-contract=off", "-fno-math-errno"])]
let optimisedC: [CSetting] = [.unsafeFlags(["-O2"])]
let swiftSettings: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

/// A target of our own Swift code.
func module(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .target(name: name, dependencies: dependencies, path: path, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], exclude: exclude,
        swiftSettings: swiftSettings)
}

let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
    name: "rollcall",
    products: [
        .executable(name: "rollcalld", targets: ["rollcalld"]),
        .executable(name: "rollcallctl", targets: ["rollcallctl"]),
        .executable(name: "rollcall-server", targets: ["rollcall-server"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        // C libraries, and C++ behind a C header.
        .target(name: "CFaces", cxxSettings: vectorSettings, linkerSettings: [.linkedLibrary("xxhash")]),
        .target(name: "CMatch", cxxSettings: vectorSettings),
        // #embed is C23.
        .target(
            name: "CCalibration", exclude: ["README.md", "identification.bin"],
            cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
        .target(name: "CHaar", cxxSettings: exactSettings, linkerSettings: [.linkedLibrary("expat")]),
        .target(name: "CToml", cxxSettings: [.unsafeFlags(["-O2"])], linkerSettings: [.linkedLibrary("tomlplusplus")]),
        .target(name: "CV4L2", cSettings: optimisedC, linkerSettings: [.linkedLibrary("v4lconvert")]),
        .target(
            name: "CImages", cSettings: optimisedC,
            linkerSettings: [.linkedLibrary("turbojpeg"), .linkedLibrary("png16"), .linkedLibrary("exif")]),
        .target(name: "CCurl", cSettings: optimisedC, linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CSQLite", cSettings: optimisedC, linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CPostgres", cSettings: optimisedC, linkerSettings: [.linkedLibrary("pq")]),
        .target(name: "CSodium", linkerSettings: [.linkedLibrary("sodium")]),
        .target(name: "CSystemd", cSettings: optimisedC, linkerSettings: [.linkedLibrary("systemd")]),
        .target(name: "CSeccomp", cSettings: optimisedC, linkerSettings: [.linkedLibrary("seccomp")]),
        .target(name: "CClock", cSettings: optimisedC),
        .target(name: "CMemory", cSettings: optimisedC),
        .target(name: "CQREncode", linkerSettings: [.linkedLibrary("qrencode")]),
        .target(name: "CMicroHTTPD", cSettings: optimisedC, linkerSettings: [.linkedLibrary("microhttpd")]),

        // The way of the data, in its order. Imports point to modules above only.
        module("Capture", ["CV4L2", "CImages"]),
        module("Faces", ["CFaces", "CHaar", "CImages", "Capture"]),
        module("Identification", ["CMatch", "CCalibration", "Faces"]),
        module("Attendance", []),
        module("Progress", []),
        module("SyncProtocol", ["Attendance"]),
        module("Database", ["CSQLite", "CSodium"]),
        // Apart from Database, so that the terminal's programs need no libpq.
        module("PostgreSQL", ["CPostgres", "Database"]),
        module("Configuration", ["CToml"]),
        module("Systemd", ["CSystemd", logging]),
        module(
            "Terminal",
            [
                "Capture", "Faces", "Identification", "Attendance", "Progress", "SyncProtocol", "Database",
                "Configuration",
                "Systemd", "CClock", "CMemory", "CCurl", "CMicroHTTPD", "CSeccomp", logging,
            ]),
        module(
            "Server",
            [
                "Capture", "Faces", "Identification", "Attendance", "Progress", "SyncProtocol", "Database",
                "PostgreSQL", "Configuration",
                "Systemd", "CCurl", "CQREncode", logging,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Mustache", package: "swift-mustache"),
            ]),

        // Programs: thin mains.
        .executableTarget(name: "rollcalld", dependencies: ["Terminal", arguments], swiftSettings: swiftSettings),
        .executableTarget(name: "rollcallctl", dependencies: ["Terminal", arguments], swiftSettings: swiftSettings),
        .executableTarget(name: "rollcall-server", dependencies: ["Server", arguments], swiftSettings: swiftSettings),

        // What tests and the benchmark share.
        .target(
            name: "CDlib", path: "Tests/CDlib", cxxSettings: dlibSettings,
            linkerSettings: [.linkedLibrary("dlib"), .linkedLibrary("openblas")]),
        .target(
            name: "CPowerCut", path: "Tests/CPowerCut", cSettings: optimisedC,
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "TestSupport", dependencies: ["Capture"],
            // Optimised in debug builds too: the tests make pictures pixel by pixel.
            swiftSettings: swiftSettings + [.unsafeFlags(["-O"])]),
        .executableTarget(
            name: "rollcall-bench", dependencies: ["Terminal", "Configuration", "CDlib", "TestSupport", arguments],
            path: "tools/bench", swiftSettings: swiftSettings),

        // Killed by a test while it records and syncs.
        .executableTarget(
            name: "outbox-crash-child", dependencies: ["Terminal"], path: "Tests/OutboxCrashChild",
            swiftSettings: swiftSettings),

        // Its memory is measured while a hostile server does its worst.
        .executableTarget(
            name: "sync-child", dependencies: ["Terminal"], path: "Tests/SyncChild", swiftSettings: swiftSettings),

        tests("Capture", ["Capture"]),
        tests("Faces", ["Faces", "CDlib"], exclude: ["Haar/detect_multi_scale.py"]),
        tests("Identification", ["Identification"]),
        tests("Attendance", ["Attendance"]),
        tests("Progress", ["Progress"]),
        tests("SyncProtocol", ["SyncProtocol"]),
        tests("Database", ["Database"]),
        tests("PostgreSQL", ["PostgreSQL"]),
        tests("Configuration", ["Configuration"]),
        tests("Systemd", ["Systemd"]),
        tests(
            "Terminal", ["Terminal", "sync-child", "CPowerCut"],
            exclude: ["Sync/behaviours.py", "Sync/certificates.py", "Sync/hostile_server.py"]),
        // Its HTTP client brings a module that is called Configuration like ours.
        tests(
            "Server",
            [
                "Server", "PostgreSQL",
                .product(
                    name: "HummingbirdTesting", package: "hummingbird",
                    moduleAliases: ["Configuration": "SwiftConfiguration"]),
            ],
            exclude: [
                "Contract/moments.py", "Contract/operations.py", "Support/idle.py", "Mail/smtp_server.py",
                "Mail/read_letters.py", "Pages/read_qr.py",
                "Images/cloudinary.py",
            ]),
        tests("rollcallctl", ["rollcallctl", "Terminal"]),
        tests("EndToEnd", ["Terminal", "Server"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
