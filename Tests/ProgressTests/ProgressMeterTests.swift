import Synchronization
import Testing

@testable import Progress

/// What a meter has written, and a clock that the test sets.
private final class Stage: Sendable {
    let written = Mutex("")
    let time = Mutex(Duration.zero)

    func output(isScreen: Bool, columns: Int = 80) -> ProgressOutput {
        ProgressOutput(
            isScreen: isScreen, columns: { columns }, write: { text in self.written.withLock { $0 += text } })
    }

    func pass(_ duration: Duration) { time.withLock { $0 += duration } }
    var text: String { written.withLock { $0 } }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
    func meter(total: Int?, isScreen: Bool, columns: Int = 80) -> ProgressMeter {
        ProgressMeter(
            "Reading", unit: "pages", total: total, output: output(isScreen: isScreen, columns: columns),
            now: { self.time.withLock { $0 } })
    }
}

@Suite struct PlainProgressTests {
    @Test func eachTenthIsOneLine() {
        let stage = Stage()
        var meter = stage.meter(total: 1000, isScreen: false)
        for _ in 0..<1000 {
            stage.pass(.milliseconds(4))
            meter.advance()
        }
        meter.finish()
        #expect(stage.lines.count == 10)
        #expect(stage.lines.first == "Reading 100/1000 pages (10 %), 250/s, 3 s left")
        #expect(stage.lines.last == "Reading 1000/1000 pages in 4 s, 250/s")
        #expect(!stage.text.contains("\r"))
    }

    @Test func slowWorkIsReportedEveryTenSeconds() {
        let stage = Stage()
        var meter = stage.meter(total: 100, isScreen: false)
        for _ in 0..<7 {
            stage.pass(.seconds(5))
            meter.advance()
        }
        #expect(
            stage.lines == [
                "Reading 2/100 pages (2 %), 5.0 s each, 8 min 10 s left",
                "Reading 4/100 pages (4 %), 5.0 s each, 8 min 0 s left",
                "Reading 6/100 pages (6 %), 5.0 s each, 7 min 50 s left",
            ])
    }

    @Test func aStreamOfUnknownLengthHasNoShareAndNoTimeLeft() {
        let stage = Stage()
        var meter = stage.meter(total: nil, isScreen: false)
        for _ in 0..<150 {
            stage.pass(.milliseconds(100))
            meter.advance()
        }
        meter.finish()
        #expect(stage.lines == ["Reading 100 pages, 10/s", "Reading 150 pages in 15 s, 10/s"])
    }

    @Test func workGivenUpSaysHowFarItCame() {
        let stage = Stage()
        var meter = stage.meter(total: 50, isScreen: false)
        stage.pass(.seconds(1))
        meter.advance(by: 3)
        meter.finish()
        #expect(stage.lines == ["Reading 3/50 pages in 1 s, 3.0/s"])
    }

    @Test func nothingToDoIsNoDivisionByZero() {
        let stage = Stage()
        var meter = stage.meter(total: 0, isScreen: false)
        meter.finish()
        #expect(stage.lines == ["Reading 0/0 pages in less than 0.1 s"])
    }
}

@Suite struct ScreenProgressTests {
    @Test func theLineIsWrittenOverAtMostTenTimesASecond() {
        let stage = Stage()
        var meter = stage.meter(total: 10_000, isScreen: true)
        for _ in 0..<2000 {
            stage.pass(.milliseconds(1))
            meter.advance()
        }
        #expect(stage.text.count { $0 == "\r" } == 20)
        #expect(!stage.text.contains("\n"))
        meter.finish()
        #expect(stage.text.hasSuffix("\r\u{1B}[KReading 2000/10000 pages in 2 s, 1000/s\n"))
    }

    @Test func aNarrowScreenIsNeverFilled() {
        let stage = Stage()
        var meter = stage.meter(total: 10, isScreen: true, columns: 12)
        stage.pass(.seconds(1))
        meter.advance()
        #expect(stage.text == "\rReading 1/1\u{1B}[K")
    }

    @Test func aNoteStandsOnItsOwnLineAndTheProgressFollows() {
        let stage = Stage()
        var meter = stage.meter(total: 10, isScreen: true)
        stage.pass(.seconds(1))
        meter.advance()
        meter.note("page 1 is empty")
        let line = "\rReading 1/10 pages (10 %), 1.0/s, 9 s left\u{1B}[K"
        #expect(stage.text == line + "\r\u{1B}[Kpage 1 is empty\n" + line)
    }

    @Test func clearLeavesNothingAndIsNeededOnce() {
        let stage = Stage()
        var meter = stage.meter(total: 10, isScreen: true)
        meter.clear()
        #expect(stage.text.isEmpty)
        meter.advance()
        let before = stage.text
        meter.clear()
        meter.clear()
        #expect(stage.text == before + "\r\u{1B}[K")
    }
}

@Suite struct ProgressTextTests {
    @Test(arguments: [
        (Duration.milliseconds(440), "0.4 s"), (.seconds(59.9), "59 s"), (.seconds(60), "1 min 0 s"),
        (.seconds(3599), "59 min 59 s"), (.seconds(7500), "2 h 5 min"), (.seconds(-3), "0.0 s"),
        (.seconds(86_399), "23 h 59 min"), (.seconds(360_000), "4 d 4 h"), (.milliseconds(999), "0.9 s"),
    ])
    func spans(duration: Duration, text: String) {
        #expect(duration.words == text)
    }

    @Test(arguments: [(0.056, "0.06"), (0.5, "0.50"), (4.26, "4.3"), (37.4, "37"), (1250.2, "1250"), (1e300, "?")])
    func numbers(value: Double, text: String) {
        #expect(ProgressText.short(value) == text)
    }
}
