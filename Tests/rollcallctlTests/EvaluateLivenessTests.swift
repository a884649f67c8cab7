import Foundation
import TestSupport
import Testing

/// `rollcallctl evaluate liveness` as it is run.
@Suite struct EvaluateLivenessTests {
    private struct Report: Decodable {
        struct Rate: Decodable {
            let count: Int
            let of: Int
        }
        struct Attack: Decodable {
            let kind: String
            let apcer: Rate
            let described_without_liveness: Rate
            let named_without_liveness: Rate?
            let named_with_liveness: Rate?
        }
        struct Stream: Decodable {
            let name: String
            let verdict: String
            let reason: String?
            let measures: [String: Double]?
        }
        let bpcer: Rate
        let budget: Double
        let attacks: [Attack]
        let streams: [String: [Stream]]?
    }

    private let folder: TemporaryFolder
    private let program: BuiltProgram

    init() throws {
        folder = try TemporaryFolder()
        program = try BuiltProgram("rollcallctl")
    }

    private func write(_ path: String, _ stream: Y4M) throws {
        try FileManager.default.createDirectory(
            at: URL(filePath: folder.file(path)).deletingLastPathComponent(), withIntermediateDirectories: true)
        _ = try folder.write(path, stream.bytes)
    }

    /// A photograph in a hand before a grey wall that was empty at first.
    private func print(of portrait: String, seed: UInt64) throws -> Y4M {
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        stream.addEmptyScene(frames: 16, seed: seed)
        let picture = try Picture(portrait: portrait)
        for look in 0..<16 {
            let swing = Double(look % 10 < 5 ? look % 5 : 5 - look % 5)
            stream.add(
                picture.transformed(
                    scale: 0.62, angle: 0.01 * swing, x: 8 * swing - 20, y: 4 * swing, canvas: (640, 480)
                ).noisy(4, seed: seed + UInt64(look)))
        }
        return stream
    }

    private func material() throws -> [String] {
        try write("attacks/print/Eileen.1.y4m", print(of: "astronaut.png", seed: 3))
        var nobody = Y4M(width: 640, height: 480, framesPerSecond: 15)
        nobody.addEmptyScene(frames: 4, seed: 5)
        try write("living/nobody.1.y4m", nobody)
        try FileManager.default.createDirectory(
            atPath: folder.file("roster/Eileen"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: "\(try Fixtures.portraits)/astronaut.png", toPath: folder.file("roster/Eileen/1.png"))
        return [
            "evaluate", "liveness", "--models", try Fixtures.models, "--bona-fide", folder.file("living"), "--attacks",
            folder.file("attacks"), "--roster", folder.file("roster"),
        ]
    }

    @Test func aPrintIsNamedByAPlainRecogniserAndSuspicious() throws {
        let arguments = try material()
        let json = try program.run(arguments + ["--measures"])
        #expect(json.status == 0, "\(json.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
        #expect(report.budget == 0.02 && report.bpcer.of == 0)
        let attack = try #require(report.attacks.first)
        #expect(report.attacks.count == 1 && attack.kind == "print")
        #expect(attack.described_without_liveness.count == 1 && attack.named_without_liveness?.count == 1)
        #expect(attack.apcer.count == 0 && attack.apcer.of == 1 && attack.named_with_liveness?.count == 0)
        let stream = try #require(report.streams?["print"]?.first)
        #expect(stream.name == "Eileen.1.y4m" && stream.verdict == "suspicious" && stream.reason != nil)
        #expect(stream.measures?["carried_near"] != nil)
        #expect(stream.measures?["scene_sides"] != nil, "the place was empty for a second")
        let text = try program.run(arguments)
        #expect(text.status == 0)
        #expect(text.output.contains("print  APCER 0.0 % (0 of 1;"))
        #expect(text.output.contains("marked as the person without liveness: 100.0 % (1 of 1;"))
        #expect(text.output.contains("living people  BPCER unknown; 0 showed too little to say, 1 without a face"))
    }

    @Test func wrongUseAndMissingFoldersAreSaid() throws {
        let arguments = try material()
        for wrong in [["--budget", "0"], ["--seconds", "0"], ["--budget", "2"]] {
            #expect(try program.run(arguments + wrong).status == 64)
        }
        let missing = try program.run([
            "evaluate", "liveness", "--bona-fide", folder.file("none"), "--attacks", folder.file("attacks"),
        ])
        #expect(missing.status == 1 && missing.output.isEmpty)
        let next = "there is no such folder; correct --bona-fide or --attacks\n"
        #expect(missing.errors == "rollcallctl: \(folder.file("none")): \(next)")
        let flat = try program.run([
            "evaluate", "liveness", "--bona-fide", folder.file("living"), "--attacks", folder.file("living"),
        ])
        #expect(flat.status == 1)
        #expect(flat.errors.contains("it holds no attack"))
    }
}
