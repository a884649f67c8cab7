import ArgumentParser
import Capture
import Glibc
import Terminal

/// `rollcallctl camera`
struct CameraCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "camera",
        abstract: "Show what a camera offers, or take one picture with it.",
        discussion: """
            Without --picture it lists formats and sizes and disturbs nobody. With it, it takes one picture in the way \
            the daemon would, into a PNG file that only you may read; a camera that the daemon streams from is in use \
            until you stop it: systemctl stop rollcalld.

            Exit status: 0 done, 1 the camera cannot be used or the picture not be written, 64 wrong usage, \
            78 the configuration is refused.
            """)

    @Option(help: ArgumentHelp("The camera; without it, the one of the configuration.", valueName: "path"))
    var device: String?

    @Option(help: ArgumentHelp("Pixel format, as YUYV or MJPG.", valueName: "fourcc"))
    var format: FourCC?

    @Option(help: ArgumentHelp("Pixels, as 640x480.", valueName: "size"))
    var size: PictureSize?

    @Option(help: ArgumentHelp("Take a picture into this PNG file.", valueName: "file"), completion: .file())
    var picture: String?

    @Flag(help: "Print one JSON document with all modes.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "A terminal's configuration; without it, \(TerminalConfiguration.standardPath) where there is one.",
            valueName: "file"))
    var config: String?

    func run() throws {
        let options = try options()
        do throws(CaptureError) {
            if let picture { try take(picture, options) } else { try list(options) }
        } catch {
            complain(error.description)
            throw ExitStatus.wrong
        }
    }

    private func options() throws(ExitCode) -> CameraOptions {
        var options = CameraOptions()
        if let path = config
            ?? (access(TerminalConfiguration.standardPath, R_OK) == 0
                ? TerminalConfiguration.standardPath : nil)
        {
            options = try ConfigurationOption.load(path).camera.options
        }
        if let device { options.device = device }
        if let format { options.format = format }
        if let size { (options.width, options.height) = (size.width, size.height) }
        return options
    }

    private func list(_ options: CameraOptions) throws(CaptureError) {
        let modes = try V4L2Camera.modes(of: options)
        let best = CameraMode.best(of: modes, for: options)
        if json {
            let listed = modes.map { ListedMode($0, isTaken: $0 == best) }
            guard let document = try? rollcallctl.json(listed) else { return }
            print(document)
            return
        }
        for line in CameraMode.summary(of: modes) { print(line) }
        print(best.map { "\($0) would be taken" } ?? "none of them is \(options.wish)")
    }

    private func take(_ path: String, _ options: CameraOptions) throws(CaptureError) {
        let camera = try V4L2Camera(options)
        defer { camera.close() }
        let frame = Frame()
        let end = BootClock.now + Self.settling
        repeat {
            guard try camera.next(into: frame) else { return }
        } while BootClock.now < end
        let whole = PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height)
        var rgb: [UInt8] = []
        try frame.copyRGB(whole, into: &rgb)
        // A face may be in it.
        umask(0o077)
        try PNGFile.write(rgb: rgb, width: frame.width, height: frame.height, path: path)
        print("\(path): \(camera.description.format) \(frame.width)x\(frame.height) from \(camera.description.name)")
    }

    /// How long a camera takes until its exposure fits the light.
    private static let settling = Duration.milliseconds(500)
}

/// A size in pixels as it is written on the command line.
struct PictureSize: ExpressibleByArgument {
    let width: Int
    let height: Int

    init?(argument: String) {
        let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], (16...8192).contains(width),
            (16...8192).contains(height)
        else { return nil }
        (self.width, self.height) = (width, height)
    }
}

extension FourCC: ExpressibleByArgument {
    /// A format as its four characters.
    public init?(argument: String) { self.init(argument) }
}

/// A mode in JSON.
private struct ListedMode: Encodable {
    let format: String
    let width: Int
    let height: Int
    /// Null where the driver does not say.
    let framesPerSecond: Double?
    /// Whether the daemon would take this one.
    let isTaken: Bool

    init(_ mode: CameraMode, isTaken: Bool) {
        format = mode.format.description
        width = mode.width
        height = mode.height
        framesPerSecond = mode.interval?.framesPerSecond
        self.isTaken = isTaken
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(format, forKey: .format)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
        try container.encode(framesPerSecond, forKey: .framesPerSecond)
        try container.encode(isTaken, forKey: .isTaken)
    }

    private enum Key: String, CodingKey {
        case format, width, height
        case framesPerSecond = "frames_per_second"
        case isTaken = "is_taken"
    }
}
