import Database
import Faces
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Terminal

@Suite struct ModelCheckTests {
    @Test func aGoodPackIsFineAndSaysItsChecksum() throws {
        let pack = ModelPack(folder: try Fixtures.models)
        let finding = ModelCheck(pack).finding
        #expect(finding.verdict == .ok)
        #expect(finding.found.contains(try pack.check().checksum))
    }

    @Test func whatIsWrongIsSaidWithTheFileAndTheNextStep() throws {
        let folder = try TemporaryFolder()
        for path in [folder.file("none"), try folder.write("empty.pack", ""), try folder.write("other.pack", "abc")] {
            let finding = ModelCheck(ModelPack(path: path)).finding
            #expect(finding.verdict == .failed)
            #expect(finding.found.hasPrefix("\(path): "))
            #expect(finding.nextStep?.contains("sudo rollcalld-models") == true)
        }
    }
}

@Suite struct CascadeCheckTests {
    @Test func aCascadeThatCanBeUsedIsFine() throws {
        let path = try Fixtures.cascade
        #expect(CascadeCheck(path).finding == .ok("Haar cascade", "\(path) can be read and used"))
    }

    /// It is taken: what a cascade was trained on stands nowhere in it.
    @Test func aCascadeThatIsPerhapsForSomethingElseIsAWarning() throws {
        let folder = try TemporaryFolder()
        let whole = try String(contentsOfFile: Fixtures.cascade, encoding: .utf8)
        let wide = whole.replacing("<width>20</width>", with: "<width>24</width>", maxReplacements: 1)
        for (name, text, doubt) in [
            ("haarcascade_smile.xml", whole, "by its name it is for \"smile\""), ("school.xml", wide, "24x20 pixels"),
            ("haarcascade_frontalface_alt.xml", wide, "24x20 pixels"),
        ] {
            let finding = CascadeCheck(try folder.write(name, text)).finding
            #expect(finding.verdict == .warning && finding.found.contains(doubt), "\(finding)")
            #expect(finding.nextStep?.contains("recognition.haar_cascade") == true)
        }
        for name in ["school.xml", "haarcascade_frontalface_school.xml", "haarcascade_.xml"] {
            #expect(CascadeCheck(try folder.write(name, whole)).finding.verdict == .ok, "\(name)")
        }
    }

    @Test func whatIsWrongIsSaidWithTheFileAndTheNextStep() throws {
        let folder = try TemporaryFolder()
        let whole = try String(contentsOfFile: Fixtures.cascade, encoding: .utf8)
        let paths = [
            folder.file("none.xml"), try folder.write("empty.xml", ""), try folder.write("other.xml", "<a></a>"),
            try folder.write("cut.xml", String(whole.prefix(whole.count / 2))),
        ]
        for path in paths {
            let finding = CascadeCheck(path).finding
            #expect(finding.verdict == .failed)
            #expect(finding.found.hasPrefix("\(path): "))
            #expect(finding.nextStep?.hasPrefix("correct recognition.haar_cascade") == true)
            #expect(finding.nextStep?.contains("opencv-data") == true)
        }
    }

    @Test func whereDebiansOwnIsBadItsPackageIsInstalledAgain() {
        var check = CascadeCheck("/nonexistent.xml")
        check.path = HaarDetector.standardCascade
        check.problem = .badCascade(path: check.path, reason: "it is not there")
        #expect(
            check.finding
                == .failed(
                    "Haar cascade", "\(HaarDetector.standardCascade): it is not there",
                    next: "run: apt-get install --reinstall opencv-data, then: systemctl restart rollcalld"))
    }
}

@Suite struct DiskCheckTests {
    private func verdict(_ free: Int64?, files: Int64? = nil, readOnly: Bool = false) -> Verdict {
        DiskCheck(path: "/var/lib/rollcall", freeBytes: free, freeFiles: files, isReadOnly: readOnly).finding.verdict
    }

    @Test func theBounds() {
        #expect(verdict(DiskCheck.little) == .ok)
        #expect(verdict(DiskCheck.little - 1) == .warning)
        #expect(verdict(FreeSpace.least) == .warning)
        #expect(verdict(FreeSpace.least - 1) == .failed)
        #expect(verdict(nil) == .failed)
        #expect(verdict(1 << 40, files: 99) == .failed)
        #expect(verdict(1 << 40, files: 100) == .ok)
        #expect(verdict(1 << 40, readOnly: true) == .failed)
    }

    @Test func theRealFileSystemIsAskedAlsoBeforeTheFolderExists() throws {
        let folder = try TemporaryFolder()
        let existing = DiskCheck(of: folder.path)
        let future = DiskCheck(of: folder.file("a/b/c"))
        #expect((existing.freeBytes ?? 0) > 0)
        #expect((future.freeBytes ?? 0) > 0)
        #expect(future.finding.found.contains(folder.file("a/b/c")))
    }

    @Test(arguments: [
        (Int64(0), "0 MB"), (15_999_999, "15 MB"), (999_999_999, "999 MB"), (1_000_000_000, "1.0 GB"),
        (12_345_678_901, "12.3 GB"),
    ])
    func sizes(bytes: Int64, words: String) {
        #expect(DiskCheck.words(bytes) == words)
    }
}

@Suite struct StateFolderCheckTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func check(_ path: String, daemonRuns: Bool = false) -> Finding {
        StateFolderCheck(facts: PathFacts(of: path), user: "teacher", daemonRuns: daemonRuns).finding
    }

    @Test func aPrivateFolderIsFine() {
        let finding = check(folder.path)
        #expect(finding.verdict == .ok)
        #expect(finding.found.contains("mode 0700"))
    }

    @Test func aFolderThatEverybodyMayChangeFails() {
        chmod(folder.path, 0o777)
        #expect(check(folder.path).verdict == .failed)
        chmod(folder.path, 0o755)
        #expect(check(folder.path).verdict == .ok)
    }

    @Test func nothingAndAFileFail() throws {
        #expect(check(folder.file("none")).verdict == .failed)
        #expect(check(try folder.write("file", "x")).verdict == .failed)
    }

    @Test func aClosedFolderIsTheDaemonsOwnAffair() {
        var facts = PathFacts(path: "/srv/closed/rollcall", kind: .hidden(reason: "Permission denied"))
        #expect(StateFolderCheck(facts: facts, user: "teacher", daemonRuns: false).finding.verdict == .warning)
        #expect(StateFolderCheck(facts: facts, user: "teacher", daemonRuns: true).finding.verdict == .ok)
        facts.kind = .folder
        facts.mode = 0o700
        let finding = StateFolderCheck(facts: facts, user: "teacher", daemonRuns: false).finding
        #expect(finding.verdict == .warning)
        #expect(finding.found.contains("not writable for teacher"))
    }

    @Test func aDatabaseOfAnotherUserThanTheFolderIsFound() throws {
        try folder.write("outbox.db", "")
        #expect(StateFolderCheck(of: folder.path, daemonRuns: false).finding.verdict == .ok)
        let facts = PathFacts(of: folder.path)
        var file = PathFacts(of: folder.file("outbox.db"))
        file.owner = "somebody"
        let finding = StateFolderCheck(facts: facts, files: [file], daemonRuns: false).finding
        #expect(finding.verdict == .warning)
        #expect(finding.found == "\(file.path) is of somebody, and its folder of \(facts.owner)")
        #expect(finding.nextStep?.hasSuffix(": chown -R \(facts.owner) \(folder.path)") == true)
        #expect(StateFolderCheck(facts: facts, files: [file], daemonRuns: true).finding.verdict == .ok)
    }
}

@Suite struct SecretFileCheckTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func check(
        _ path: String, size: Int64? = 32, content: String? = nil, daemonRuns: Bool = false
    ) -> Finding {
        SecretFileCheck(
            name: "key", facts: PathFacts(of: path), size: size, contentProblem: content, remedy: "make one",
            user: "teacher",
            daemonRuns: daemonRuns
        ).finding
    }

    @Test func aClosedFileOfTheRightSizeIsFine() throws {
        let path = try folder.write("key", [UInt8](repeating: 7, count: 32))
        #expect(check(path).verdict == .ok)
        #expect(check(path, size: nil).verdict == .ok)
    }

    @Test(arguments: [mode_t(0o604), 0o602, 0o601, 0o644])
    func aFileThatEverybodyMayUseFails(mode: mode_t) throws {
        let path = try folder.write("key", [UInt8](repeating: 7, count: 32), mode: mode)
        let finding = check(path)
        #expect(finding.verdict == .failed)
        #expect(finding.nextStep == "run: chmod 0600 \(path)")
    }

    @Test func aWrongSizeFails() throws {
        #expect(
            check(try folder.write("long", [UInt8](repeating: 7, count: 33))).found.contains("33 bytes instead of 32"))
        #expect(check(try folder.write("empty", ""), size: nil).verdict == .failed)
    }

    @Test func contentThatTheDaemonRefusesFailsWhereItCanBeRead() throws {
        let path = try folder.write("token", "one\ntwo\n")
        #expect(
            check(path, size: nil, content: "expected one token")
                == .failed("key", "\(path): expected one token", next: "make one"))
        var facts = PathFacts(of: path)
        facts.isReadable = false
        let closed = SecretFileCheck(
            name: "key", facts: facts, contentProblem: "no permission", remedy: "make one", daemonRuns: false)
        #expect(closed.finding.verdict == .ok)
    }

    @Test func aMissingFileFailsUnlessTheDaemonRunsWithoutIt() {
        #expect(check(folder.file("none")) == .failed("key", "\(folder.file("none")) does not exist", next: "make one"))
        #expect(check(folder.file("none"), daemonRuns: true).verdict == .ok)
    }

    @Test func noFindingShowsTheSecret() throws {
        let finding = check(try folder.write("token", "very-secret-token"), size: nil)
        #expect(!"\(finding)".contains("very-secret-token"))
    }
}
