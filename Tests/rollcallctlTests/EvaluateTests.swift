import Capture
import Foundation
import TestSupport
import Testing

/// `rollcallctl evaluate` as it is run.
@Suite struct EvaluateTests {
    private let folder: TemporaryFolder
    private let program: BuiltProgram

    init() throws {
        folder = try TemporaryFolder()
        program = try BuiltProgram("rollcallctl")
    }

    /// Puts portraits into the folder `name`: each where its path says.
    private func people(_ name: String, _ pictures: [String: String]) throws -> String {
        for (place, portrait) in pictures {
            let path = URL(filePath: folder.file("\(name)/\(place)"))
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: "\(try Fixtures.portraits)/\(portrait)", toPath: path.path)
        }
        return folder.file(name)
    }

    @Test func aFlatFolderOfPeopleIsRefusedInOneLine() throws {
        let flat = try people("flat", ["grace.jpg": "grace_hopper.jpg"])
        let good = try people("good", ["Grace/1.jpg": "grace_hopper.jpg"])
        for arguments in [
            ["identify", "--gallery", flat, "--probes", good], ["identify", "--gallery", good, "--probes", flat],
            ["arrivals", "--roster", flat, "--stream", "none.y4m"],
        ] {
            let outcome = try program.run(["evaluate"] + arguments)
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            let lines = outcome.errors.split(separator: "\n")
            #expect(lines.count == 1)
            #expect(lines.first?.hasPrefix("rollcallctl: \(flat): ") == true)
            #expect(lines.first?.hasSuffix("one folder of photographs per person") == true)
        }
        let missing = try program.run(["evaluate", "identify", "--gallery", folder.file("no"), "--probes", good])
        #expect(missing.errors.hasPrefix("rollcallctl: \(folder.file("no")): there is no such folder; "))
    }

    @Test func whoIsNotInTheGalleryIsSaidAndCountsAsAProbe() throws {
        struct Report: Decodable {
            let gallery: Int
            let probes: Int
            let fnir: Double
        }
        let gallery = try people("gallery", ["Grace/1.jpg": "grace_hopper.jpg"])
        let probes = try people("probes", ["Grace/2.jpg": "grace_hopper.jpg", "Eileen/1.png": "astronaut.png"])
        let strangers = try people("strangers", ["anybody.png": "astronaut.png"])
        let arguments = [
            "evaluate", "identify", "--models", try Fixtures.models, "--gallery", gallery, "--probes", probes,
            "--strangers", strangers,
        ]
        let json = try program.run(arguments + ["--json"])
        #expect(json.status == 0, "\(json.errors)")
        #expect(json.errors.contains("1 of 2 people of --probes is not in --gallery"))
        #expect(json.errors.contains("such as Eileen"))
        let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
        #expect(report.gallery == 1 && report.probes == 2 && report.fnir == 0.5)
        let text = try program.run(arguments).output
        #expect(text.contains("strangers      1\n"))
        #expect(text.contains("FNIR           not measurable with 1 stranger at FPIR 0.01\n"))
    }

    /// A face that HOG is too coarse for is found, and named, by the cascade.
    @Test func theDetectorIsTheOneThatIsAskedFor() throws {
        struct Report: Decodable {
            let not_detected: Int
            let rank1: Double
        }
        let gallery = try people("gallery", ["Eileen/1.png": "astronaut.png"])
        let probes = folder.file("probes")
        try FileManager.default.createDirectory(atPath: probes + "/Eileen", withIntermediateDirectories: true)
        let picture = try Picture.withSmallFace()
        try PNGFile.write(
            rgb: picture.pixels, width: picture.width, height: picture.height, path: probes + "/Eileen/small.png")
        func report(_ arguments: String...) throws -> Report {
            let outcome = try program.run(
                [
                    "evaluate", "identify", "--models", Fixtures.models, "--gallery", gallery, "--probes", probes,
                    "--json",
                ] + arguments)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        }
        let hog = try report()
        #expect(hog.not_detected == 1 && hog.rank1 == 0)
        let both = try report("--detector", "both", "--haar-cascade", Fixtures.cascade)
        #expect(both.not_detected == 0 && both.rank1 == 1)
    }

    @Test func arrivalsTakeTheDetectorAndTheBoundsThatAreAskedFor() throws {
        let roster = try people("roster", ["Eileen/1.png": "astronaut.png"])
        var stream = Y4M(width: 400, height: 300, framesPerSecond: 15)
        let small = try Picture.withSmallFace()
        for seed in 0..<8 { stream.add(small.noisy(2, seed: UInt64(seed))) }
        let path = try folder.write("stream.y4m", stream.bytes)
        func marks(_ arguments: String...) throws -> String {
            let outcome = try program.run(
                ["evaluate", "arrivals", "--models", Fixtures.models, "--roster", roster, "--stream", path] + arguments)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
        let config = try folder.write("terminal.toml", configuration(recognition: "min_inter_eye_pixels = 15"))
        #expect(try marks("--config", config).contains("8 frames, 0 tracks: 0 marks"))
        let haar = try marks("--config", config, "--detector", "haar", "--haar-cascade", Fixtures.cascade)
        #expect(haar.contains("8 frames, 1 track: 1 mark"))
    }

    @Test func whatDoesNotGoTogetherIsWrongUsage() throws {
        for arguments in [
            ["--gallery", "a"], ["--people", "a", "--gallery", "b", "--probes", "c"], ["--descriptors", "a"],
            ["--people", "a", "--strangers", "b"], ["--people", "a", "--draws", "0"], [],
            ["--descriptors", "a", "--identities", "b", "--gate", "off"],
            ["--descriptors", "a", "--identities", "b", "--detector", "haar"],
            ["--gallery", "a", "--probes", "b", "--draws", "3"], ["--people", "a", "--stranger-named", "1"],
        ] {
            let outcome = try program.run(["evaluate", "identify"] + arguments)
            #expect(outcome.status == 64, "\(arguments)")
        }
    }

    /// One folder is enough: photographs are divided, and who has only one is a stranger.
    @Test func oneFolderOfPeopleIsDivided() throws {
        struct Report: Decodable {
            struct Discard: Decodable {
                let measure: String
                let fnir: [Double]
            }
            struct Cost: Decodable {
                let wall_seconds: Double
                let peak_memory_mib: Double
            }
            let gallery: Int
            let probes: Int
            let strangers: Int
            let rank1: Double
            let fpir: Double
            let intervals: [String: Interval]
            let error_versus_discard: [Discard]
            let cost: Cost
            enum Interval: Decodable {
                case bounds([Double]), others
                init(from decoder: any Decoder) throws {
                    self = (try? [Double](from: decoder)).map(Interval.bounds) ?? .others
                }
            }
        }
        let folder = try people(
            "people",
            [
                "Eileen/1.png": "astronaut.png", "Eileen/2.png": "astronaut.png", "Grace/1.jpg": "grace_hopper.jpg",
                "Filippo/1.jpg": "filippo_giunchedi.jpg",
            ])
        let arguments = ["evaluate", "identify", "--models", try Fixtures.models, "--people", folder]
        let json = try program.run(arguments + ["--json"])
        #expect(json.status == 0, "\(json.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
        #expect(report.gallery == 1 && report.probes == 1 && report.strangers == 2)
        #expect(report.rank1 == 1 && report.fpir == 0)
        guard case .bounds(let bounds) = report.intervals["fpir"] else {
            Issue.record("no interval of the FPIR")
            return
        }
        #expect(bounds.count == 2 && bounds[0] == 0 && bounds[1] > 0.7)
        #expect(report.error_versus_discard.contains { $0.measure == "sharpness" && $0.fnir.count == 5 })
        #expect(report.cost.wall_seconds > 0 && report.cost.peak_memory_mib > 20)

        let text = try program.run(arguments + ["--discard"]).output
        #expect(text.contains("rank 1         100.00 %"))
        #expect(text.contains("by inter eye distance"))
    }

    @Test func groupsAreComparedAndTheirTableIsChecked() throws {
        let folder = try people(
            "people",
            [
                "Eileen/1.png": "astronaut.png", "Eileen/2.png": "astronaut.png", "Grace/1.jpg": "grace_hopper.jpg",
            ])
        let arguments = ["evaluate", "identify", "--models", try Fixtures.models, "--people", folder, "--groups"]
        let bad = try program.run(arguments + [try self.folder.write("bad.csv", "Eileen,a\nGrace\n")])
        #expect(bad.status == 1 && bad.output.isEmpty)
        #expect(bad.errors.contains("bad.csv:2: this is not a person and a group; each line is PERSON,GROUP"))
        let good = try program.run(arguments + [try self.folder.write("good.csv", "Eileen,a\nGrace,b\n")])
        #expect(good.status == 0, "\(good.errors)")
        #expect(good.output.contains("group  people  probes"))
        #expect(good.output.contains("FNIR: fewer than two groups were searched, so there is no ratio\n"))
        #expect(!good.errors.contains("nobody here"))
        let table = try self.folder.write("some.csv", "Eileen,a\nAda,b\nBob,a\nCy,b\nDi,b\n")
        let some = try program.run(arguments + [table])
        #expect(some.status == 0)
        let left = "some.csv names 4 of 5 people who are nobody here and are left out: Ada, Bob, Cy and 1 more; "
        #expect(some.errors.contains(left))
        #expect(some.output.contains("\n1 person is in no group\n"))
    }

    /// What would be found out after minutes of work is found out before.
    @Test func whatCannotBeWrittenOrPlayedIsSaidAtOnce() throws {
        let people = try people("people", ["Eileen/1.png": "astronaut.png", "Eileen/2.png": "astronaut.png"])
        for (chart, words) in [("none/a.svg", "there is no such folder"), ("people", "it is a folder")] {
            let outcome = try program.run([
                "evaluate", "identify", "--models", try Fixtures.models, "--people", people, "--det",
                folder.file(chart),
            ])
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            let lines = outcome.errors.split(separator: "\n")
            #expect(lines.count == 1 && lines[0].contains(words) && lines[0].hasSuffix("; correct --det"), "\(lines)")
        }
        let missing = try program.run(["evaluate", "arrivals", "--roster", people, "--stream", folder.file("none.y4m")])
        #expect(missing.status == 1)
        let words = "there is no such file or folder; correct --stream"
        #expect(missing.errors == "rollcallctl: \(folder.file("none.y4m")): \(words)\n")
    }

    /// Nothing of it is wrong, and yet the figures say something else than they seem to.
    @Test func figuresThatMeanLittleComeWithAWord() throws {
        let gallery = try people("gallery", ["Grace/1.jpg": "grace_hopper.jpg"])
        let strangers = try people("strangers", ["Grace/1.png": "astronaut.png"])
        let outcome = try program.run([
            "evaluate", "identify", "--models", try Fixtures.models, "--gallery", gallery, "--probes", gallery,
            "--strangers", strangers,
        ])
        #expect(outcome.status == 0)
        let enrolled = "1 photograph to be searched is enrolled too, and so says nothing of others, "
        #expect(outcome.errors.contains(enrolled))
        #expect(outcome.errors.contains("1 person of --strangers with the name of somebody in --gallery"))

        try FileManager.default.createDirectory(atPath: folder.file("broken/Eve"), withIntermediateDirectories: true)
        for name in ["1.png", "2.png", "3.webp", "Thumbs.db"] { try folder.write("broken/Eve/\(name)", "no picture") }
        let broken = folder.file("broken")
        let nobody = try program.run(["evaluate", "identify", "--models", try Fixtures.models, "--people", broken])
        #expect(nobody.status == 1 && nobody.errors.contains("nobody could be enrolled; "))
        #expect(nobody.output.contains("\nFNIR           unknown at the operating point\n"))
        #expect(nobody.output.contains("\nrefused: \(broken)/Eve/1.png cannot be read as a picture: "))
        #expect(nobody.output.contains("\nunreadable: \(broken)/Eve/3.webp cannot be read as a picture: "))
        #expect(!nobody.output.contains("Thumbs.db"))

        let chart = folder.file("chart.svg")
        let alone = try program.run([
            "evaluate", "identify", "--models", try Fixtures.models, "--gallery", gallery, "--probes", gallery, "--det",
            chart,
        ])
        #expect(alone.status == 0 && alone.errors.contains("\(chart) has no curve: without strangers there is no FPIR"))

        let empty = try folder.write("empty.y4m", "YUV4MPEG2 W64 H64 F15:1 C420jpeg\n")
        var stream = Y4M(width: 64, height: 64, framesPerSecond: 15)
        for _ in 0..<3 { stream.add(Picture(width: 64, height: 64, grey: 90)) }
        let short = try folder.write("short.y4m", stream.bytes)
        let truths = [try folder.write("empty.csv", ""), try folder.write("short.csv", "Grace,0,5\n")]
        let played = try program.run([
            "evaluate", "arrivals", "--models", try Fixtures.models, "--roster", broken, "--stream", empty, "--stream",
            short, "--truth", truths[0], "--truth", truths[1],
        ])
        #expect(played.status == 0)
        #expect(played.errors.contains("\(empty) has no frame; "))
        #expect(played.errors.contains("1 person of --roster without a photograph that is good enough, "))
        #expect(played.errors.contains("such as Grace\n"))
        #expect(played.errors.contains("--truth of \(short) goes to frame 5, and its last one is 2: "))
    }

    @Test func differentPhotographsAreCounted() throws {
        let people = try people(
            "people",
            ["Eileen/1.png": "astronaut.png", "Eileen/2.png": "astronaut.png", "Eileen/3.png": "astronaut.png"]
                .merging(["Grace/1.jpg": "grace_hopper.jpg"]) { $1 })
        let outcome = try program.run([
            "evaluate", "identify", "--models", try Fixtures.models, "--people", people, "--gallery-size", "1",
            "--draws",
            "4",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("probes         8 of 1 person, 3 different photographs with a face\n"))
        #expect(outcome.output.contains("strangers      4 of 1 person, 1 different photograph with a face\n"))
    }

    @Test func severalStreamsArePlayedEachByItself() throws {
        let roster = try people("roster", ["Eileen/1.png": "astronaut.png"])
        try FileManager.default.createDirectory(atPath: folder.file("streams"), withIntermediateDirectories: false)
        let portrait = try Picture(portrait: "astronaut.png")
        for name in ["a", "b"] {
            var stream = Y4M(width: 512, height: 512, framesPerSecond: 15)
            for seed in 0..<8 { stream.add(portrait.noisy(2, seed: UInt64(seed))) }
            try folder.write("streams/\(name).y4m", stream.bytes)
            try folder.write("streams/\(name).csv", "Eileen,0,7\n")
        }
        let outcome = try program.run([
            "evaluate", "arrivals", "--models", Fixtures.models, "--roster", roster, "--stream",
            folder.file("streams"), "--truth", folder.file("streams"),
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\n16 frames, ") && outcome.output.contains(" tracks: 2 marks, "))
        #expect(outcome.output.contains("truth: 2 people expected, 2 marked rightly, 0 wrongly, 0 missed, 0 doubled"))
        #expect(outcome.output.contains("from the first good frame to the decision: median "))
    }
}
