/// What an operator must know of a camera, and the next step.
public enum CameraState: Sendable, Equatable {
    /// No frame has come yet, and nothing went wrong yet.
    case opening
    /// Frames flow and show something.
    case ok
    /// Frames flow, and there is no light in them.
    case dark
    /// Frames flow, and they are all the same.
    case frozen
    /// The camera is open and silent for so many seconds.
    case noFrames(seconds: Int)
    /// The camera cannot be used.
    case lost(CaptureError)

    /// The state in one `snake_case` word, for JSON and metrics. A lost camera has its error's name.
    public var name: String {
        switch self {
        case .opening: "opening"
        case .ok: "ok"
        case .dark: "dark"
        case .frozen: "frozen"
        case .noFrames: "no_frames"
        case .lost(let error): error.name
        }
    }
}

extension CameraState: CustomStringConvertible {
    /// One line for the operator: what, and the next step.
    public var description: String {
        switch self {
        case .opening: "the camera is being opened"
        case .ok: "the camera is well"
        case .dark: "the camera's pictures are dark: switch a light on, take the cover off, or raise its exposure"
        case .frozen: "the camera sends the same picture again and again: unplug it and plug it in"
        case .noFrames(let seconds):
            "no frame from the camera for \(seconds) s: check its cable and power, or try another USB port"
        case .lost(let error): error.description
        }
    }
}

/// Light and content of a frame, from every eighth pixel of every eighth row.
struct LumaSample: Equatable {
    /// Mean luma, 0 to 255.
    var mean: Double
    /// Different for different content, all but certainly.
    var hash: UInt64

    init(mean: Double, hash: UInt64) {
        self.mean = mean
        self.hash = hash
    }

    init(_ frame: Frame) {
        var sum = 0
        var count = 0
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        frame.withLuma { luma in
            for row in stride(from: 0, to: frame.height, by: 8) {
                for at in stride(from: row * frame.lumaStride, to: row * frame.lumaStride + frame.width, by: 8) {
                    sum += Int(luma[at])
                    count += 1
                    hash = (hash ^ UInt64(luma[at])) &* 0x100_0000_01B3
                }
            }
        }
        mean = count == 0 ? 0 : Double(sum) / Double(count)
        self.hash = hash
    }
}

/// Watches what a live camera delivers and says when its state changes. Pure: it is told the time.
struct CameraHealth {
    /// When a camera counts as ill.
    struct Thresholds: Equatable {
        /// Mean luma below which a frame is dark; black is 16 in the range of video.
        var darkLuma = 24.0
        /// Mean luma above `darkLuma` that a dark camera must reach to be well again, so that twilight is one event.
        var recovery = 4.0
        /// How long all frames must be dark.
        var darkAfter = Duration.seconds(5)
        /// How long all frames must be the same.
        var frozenAfter = Duration.seconds(5)
        /// How long a lost camera must have another fault: one that is pulled is lost, then missing, and when it comes back
        /// for a moment forbidden.
        var settledAfter = Duration.seconds(3)
        /// How long frames must flow from a camera that was silent: some give an old one whenever they are opened.
        var flowingAfter = Duration.seconds(1)
    }

    private let thresholds: Thresholds
    private(set) var state = CameraState.opening
    private var darkSince: Duration?
    private var content: (hash: UInt64, since: Duration)?
    private var otherFault: (name: String, since: Duration)?
    private var flowingSince: Duration?

    init(_ thresholds: Thresholds = Thresholds()) { self.thresholds = thresholds }

    /// A frame has come.
    /// - Returns: the new state if it is another one.
    mutating func observe(_ sample: LumaSample, at now: Duration) -> CameraState? {
        let since = flowingSince ?? now
        flowingSince = since
        if case .noFrames = state, now - since < thresholds.flowingAfter { return nil }
        let bound = thresholds.darkLuma + (state == .dark ? thresholds.recovery : 0)
        darkSince = sample.mean < bound ? darkSince ?? now : nil
        if content?.hash != sample.hash { content = (sample.hash, now) }
        if let darkSince, now - darkSince >= thresholds.darkAfter { return change(to: .dark) }
        if let content, now - content.since >= thresholds.frozenAfter { return change(to: .frozen) }
        return change(to: .ok)
    }

    /// The camera could not be opened, or was lost.
    /// - Returns: the new state if it is another one; the same fault again is none, and another fault of a lost camera only
    ///   when it lasts.
    mutating func fail(_ error: CaptureError, at now: Duration) -> CameraState? {
        darkSince = nil
        content = nil
        flowingSince = nil
        if case .noFrames(_, let seconds) = error { return change(to: .noFrames(seconds: seconds)) }
        let new = CameraState.lost(error)
        guard case .lost = state, new.name != state.name else { return change(to: new) }
        if otherFault?.name != new.name { otherFault = (new.name, now) }
        guard let otherFault, now - otherFault.since >= thresholds.settledAfter else { return nil }
        return change(to: new)
    }

    private mutating func change(to new: CameraState) -> CameraState? {
        otherFault = nil
        guard new.name != state.name else { return nil }
        state = new
        return new
    }
}
