import ArgumentParser
import CDlib
import Faces
import FoundationEssentials
import TestSupport

/// Loads the models and looks at one picture: a process of its own, whose start and memory nothing else shares.
struct ReadyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ready", abstract: "Load the models of `ours` or of `dlib`, and say how long it took.",
        shouldDisplay: false)

    @Argument
    var whose: String

    func run() throws {
        let start = ContinuousClock.now
        let pack = ModelPack(folder: try Fixtures.models)
        let stages: any FaceStages = whose == "dlib" ? try DlibStages(models: pack) : try FaceEngine(models: pack)
        let ready = (ContinuousClock.now - start) / .milliseconds(1)
        let frame = try Picture(portrait: "astronaut.png").frame()
        guard let box = try stages.detect(in: frame, minimumFace: 80, region: nil).first else {
            throw FixtureError("no face in the portrait")
        }
        _ = try stages.describe(frame, landmarks: stages.landmarks(in: frame, box: box))
        print("\(ready) \(try Self.peakMebibytes())")
    }

    /// The most memory that this process has had resident.
    private static func peakMebibytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else {
            throw FixtureError("/proc/self/status does not say how much memory was used")
        }
        return kibibytes / 1024
    }
}

/// From a program's start until it can detect, and the most memory that it has then had after one face was described.
struct ReadyBench {
    let rounds: Int

    func run(_ show: (Row) -> Void) throws {
        let program = try BuiltProgram("rollcall-bench")
        var ready: (ours: [Double], dlib: [Double]) = ([], [])
        var memory: (ours: [Double], dlib: [Double]) = ([], [])
        func measure(_ whose: String) throws -> (Double, Double) {
            let outcome = try program.run(["ready", whose])
            let numbers = outcome.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            guard outcome.status == 0, numbers.count == 2 else {
                throw FixtureError("`rollcall-bench ready \(whose)` failed: \(outcome.errors)")
            }
            return (numbers[0], numbers[1])
        }
        for _ in 0..<rounds {
            let ours = try measure("ours")
            let dlib = try measure("dlib")
            ready.ours.append(ours.0)
            ready.dlib.append(dlib.0)
            memory.ours.append(ours.1)
            memory.dlib.append(dlib.1)
        }
        show(row("ready to detect", "ms of the clock, models in the page cache", ready))
        show(row("peak resident memory", "MiB, one face described", memory))
    }

    private func row(_ name: String, _ unit: String, _ values: (ours: [Double], dlib: [Double])) -> Row {
        Row(name, ours: values.ours, reference: values.dlib, unit: unit)
    }
}
