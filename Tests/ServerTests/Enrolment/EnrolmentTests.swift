import Capture
import Faces
import Foundation
import TestSupport
import Testing

@testable import Server

@Suite(.onEveryDatabase, .timeLimit(.minutes(10))) struct EnrolmentTests {
    let school: School

    init() throws { school = try School() }

    /// A grey ramp: an image without a face.
    private func image(_ name: String, width: Int = 200, height: Int = 200) throws -> String {
        let pixels = (0..<width * height).map { UInt8(($0 % width) * 255 / width) }
        return try school.folder.write(name, Array("P5\n\(width) \(height)\n255\n".utf8) + pixels)
    }

    @Test func refusesWhatHasNoFaceAndSaysWhy() throws {
        let enroller = try Enroller(database: school.database, models: ModelPack(folder: try Fixtures.models))
        let photographs = [
            try image("ramp.pgm"), try school.folder.write("broken.jpg", "not a picture"),
            school.folder.file("gone.png"),
        ]
        var steps = 0
        let report = try enroller.enrol(
            PhotographSet(name: "Ada", className: "7b", photographs: photographs), hasConsent: true,
            progress: { steps += 1 })
        #expect(steps == 3)
        #expect(report.person == nil && report.refused == 3)
        #expect(EnrolmentReport.exitStatus([report]) == 3)
        let reasons = report.photographs.compactMap { photograph -> String? in
            if case .refused(let reason) = photograph.verdict { reason } else { nil }
        }
        #expect(reasons[0].contains("no face"))
        #expect(reasons[1].contains("broken.jpg") && reasons[2].contains("gone.png"))
        #expect(try school.database.people.list().isEmpty)
        _ = try school.enrol("Ada")
        let again = try enroller.enrol(
            PhotographSet(name: "Ada", className: "7b", photographs: photographs), hasConsent: false)
        #expect(EnrolmentReport.exitStatus([again]) == 2, "somebody with a template from before can be recognised")
    }

    @Test func warnsOfWhoLooksAlike() throws {
        let enroller = try Enroller(database: school.database, models: ModelPack(folder: try Fixtures.models))
        func enrol(_ name: String, _ portraits: String...) throws -> EnrolmentReport {
            let paths = try portraits.map { "\(try Fixtures.portraits)/\($0)" }
            return try enroller.enrol(PhotographSet(name: name, className: "7b", photographs: paths), hasConsent: true)
        }
        let ada = try enrol("Ada", "grace_hopper.jpg")
        let other = try enrol("Cem", "astronaut.png")
        #expect(ada.warnings.isEmpty && other.warnings.isEmpty)
        #expect(ada.advice.contains("Ada (7b): \(EnrolmentAdvice.onlyOne.text)"))
        let laughs = "\(try Fixtures.portraits)/astronaut.png: \(EnrolmentAdvice.notNeutral.text)"
        #expect(other.advice.contains(laughs))
        #expect(try enrol("Ada", "grace_hopper.jpg").warnings.isEmpty, "nobody looks like themselves")
        let ben = try enrol("Ben", "astronaut.png", "grace_hopper.jpg")
        #expect(ben.warnings.count == 2 && ben.warnings.allSatisfy { $0.hasPrefix("Ben (7b) looks like ") })
        let (id, new) = (try #require(ada.person?.id.lowercased), try #require(ben.person?.id.lowercased))
        let warning = try #require(ben.warnings.first { $0.contains("like Ada (7b)") })
        #expect(warning.contains("like Ada (7b): "))
        #expect(warning.contains(": Ben, who was enrolled now, is \(new), and Ada, who was there before, is \(id);"))
        #expect(ada.isNewClass && !other.isNewClass && !ben.isNewClass)
        #expect(EnrolmentReport.exitStatus([ada, other, ben]) == 0, "twins exist")
    }

    /// The roster is made ready once for many people, and yet who comes later is told of who came just before.
    @Test func manyPeopleAreComparedWithEachOtherToo() throws {
        let enroller = try Enroller(database: school.database, models: ModelPack(folder: try Fixtures.models))
        let sets = try ["Ada", "Ben", "Cem", "Dan"].enumerated().map { index, name in
            let portrait = index == 1 ? "astronaut.png" : "grace_hopper.jpg"
            return PhotographSet(
                name: name, className: "7b", photographs: ["\(try Fixtures.portraits)/\(portrait)"])
        }
        let nobody = PhotographSet(name: "Eve", className: "7b", photographs: [try image("ramp.pgm")])
        var steps = 0
        var names: [String] = []
        var alike: [[String]] = []
        try enroller.enrol(sets + [nobody], hasConsent: true, progress: { steps += 1 }) { set, report in
            names.append(set.name)
            alike.append(report.lookAlikes.map(\.name).sorted())
            #expect((report.person == nil) == (set.name == "Eve"))
        }
        #expect(steps == 5 && names == ["Ada", "Ben", "Cem", "Dan", "Eve"])
        #expect(alike == [[], [], ["Ada"], ["Ada", "Cem"], []])
        #expect(enroller.editions < sets.count)
    }

    /// Those before are enrolled, and are told of.
    @Test func whatGoesWrongWithOneIsToldAfterTheOthers() throws {
        let enroller = try Enroller(database: school.database, models: ModelPack(folder: try Fixtures.models))
        let portrait = "\(try Fixtures.portraits)/grace_hopper.jpg"
        let sets = ["Ada", "Ben", "two\nlines", "Cem"].map {
            PhotographSet(name: $0, className: "7b", photographs: [portrait])
        }
        var reports: [EnrolmentReport] = []
        #expect(throws: ServerError.self) {
            try enroller.enrol(sets, hasConsent: true) { reports.append($1) }
        }
        #expect(reports.compactMap(\.person?.name) == ["Ada", "Ben"])
        #expect(reports.last?.lookAlikes.map(\.name) == ["Ada"])
        #expect(try school.database.people.list().map(\.name) == ["Ada", "Ben"])
    }

    @Test func whoeverIsEnrolledIsToldOfWhenItIsInterrupted() throws {
        let enroller = try Enroller(database: school.database, models: ModelPack(folder: try Fixtures.models))
        let portrait = "\(try Fixtures.portraits)/grace_hopper.jpg"
        let sets = ["Ada", "Ben", "Cem"].map { PhotographSet(name: $0, className: "7b", photographs: [portrait]) }
        var (steps, reports): (Int, [EnrolmentReport]) = (0, [])
        try enroller.enrol(sets, hasConsent: true, progress: { steps += 1 }, goesOn: { steps < 2 }) {
            reports.append($1)
        }
        #expect(reports.map { $0.lookAlikes.map(\.name) } == [[], ["Ada"]])
        #expect(try school.database.people.list().map(\.name) == ["Ada", "Ben"])
    }

    @Test func refusesWhatIsNoPackOfModels() throws {
        let other = try school.folder.write("other.pack", "another file")
        let error = #expect(throws: ServerError.self) {
            try Enroller(database: school.database, models: ModelPack(path: other))
        }
        #expect(error?.description.contains(other) == true)
    }

    @Test func readsAFolderOfPeople() throws {
        let root = school.folder.file("class 7b")
        for file in [
            "Ada/1.jpg", "Ada/2.PNG", "Ada/3.HEIC", "Ada/4.webp", "Ada/notes.txt", "Ada/Thumbs.db", "Ada/.hidden.jpg",
            "Ada/.5.webp", "Ben/a.pgm", ".git/x.jpg", "Cem/",
        ] {
            let path = "\(root)/\(file)"
            let folder = file.hasSuffix("/") ? path : URL(filePath: path).deletingLastPathComponent().path()
            try FileManager.default.createDirectory(
                atPath: folder.removingPercentEncoding ?? folder, withIntermediateDirectories: true)
            if !file.hasSuffix("/") { try Data().write(to: URL(filePath: path)) }
        }
        let sets = try PhotographSet.inFolder(root, className: nil)
        #expect(sets.map(\.name) == ["Ada", "Ben", "Cem"])
        #expect(sets.map(\.className) == ["class 7b", "class 7b", "class 7b"])
        #expect(
            sets.map(\.photographs) == [
                ["1.jpg", "2.PNG", "3.HEIC", "4.webp"].map { "\(root)/Ada/\($0)" }, ["\(root)/Ben/a.pgm"], [],
            ])
        #expect(try PhotographSet.inFolder(root + "/", className: "8a").first?.className == "8a")
        #expect(throws: ServerError.self) { try PhotographSet.inFolder("\(root)/Ada", className: nil) }
        let missing = #expect(throws: ServerError.self) { try PhotographSet.inFolder("\(root)/none", className: nil) }
        #expect(missing?.description.hasPrefix("\(root)/none: there is no such folder; ") == true)
    }

    @Test func theCommandReportsProgressRefusalsAndItsStatus() async throws {
        _ = try Fixtures.models
        let server = try await LiveServer()
        let config = ["--config", server.folder.file("server.toml")]
        let picture = try image("ramp.pgm")
        let one = try await Command.run(
            try BuiltProgram("rollcall-server").path, ["enrol", "--consent", "Ada", "--class", "7b", picture] + config)
        #expect(one.status == 3)
        #expect(one.errors.contains("ramp.pgm: refused: no face"))
        #expect(one.errors.contains("1/1 photographs"))
        #expect(!one.errors.contains("\u{1B}"), "no cursor movement where there is no screen")
        let portraits = school.folder.file("people/Ada")
        try FileManager.default.createDirectory(atPath: portraits, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: picture, toPath: "\(portraits)/ramp.pgm")
        let folder = try await Command.run(
            try BuiltProgram("rollcall-server").path,
            ["enrol", "--consent", "--folder", school.folder.file("people")] + config)
        #expect(folder.status == 3)
        #expect(folder.errors.contains("Ada (people): no photograph was accepted"))
        for (name, warning) in [("Grace", false), ("Hopper", true)] {
            let portrait = "\(try Fixtures.portraits)/grace_hopper.jpg"
            let outcome = try await Command.run(
                try BuiltProgram("rollcall-server").path,
                ["enrol", "--consent", name, "--class", "7b", portrait] + config)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("warning: Hopper (7b) looks like Grace (7b)") == warning)
            #expect(outcome.errors.contains("the class 7b is new: ") == !warning)
        }
        let without = try await Command.run(
            try BuiltProgram("rollcall-server").path, ["enrol", "Ada", "--class", "7b", picture] + config)
        #expect(without.status == 1)
        #expect(without.errors.contains("no consent of Ada is on record"))
    }
}
