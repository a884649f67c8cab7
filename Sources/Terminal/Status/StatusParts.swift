import Attendance
import FoundationEssentials
import Identification

/// The camera, and why there is no picture when there is none.
public struct CameraStatus: Codable, Sendable, Equatable {
    /// What the camera does.
    public enum State: String, Codable, Sendable, CaseIterable {
        case starting, ok, dark, frozen, lost
        /// Open and silent.
        case noFrames = "no_frames"
        /// A finite source is at its end.
        case ended
    }

    /// What the camera does now.
    public var state = State.starting
    /// One line on why the state is not `ok`.
    public var reason: String?
    /// What the source calls itself.
    public var name = ""
    /// The pixel format.
    public var format = ""
    /// Pixels.
    public var width = 0
    /// Pixels.
    public var height = 0
    /// As the source offers it.
    public var framesPerSecond = 0.0

    /// A camera that has not been opened.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case state, reason, name, format, width, height
        case framesPerSecond = "frames_per_second"
    }
}

/// Frames since the daemon started.
public struct FrameStatus: Codable, Sendable, Equatable {
    /// Handed to the pipeline.
    public var delivered: UInt64 = 0
    /// Not looked at, because nothing moved and the next look was not due.
    public var passedOver: UInt64 = 0
    /// Lost because a newer one won.
    public var dropped: UInt64 = 0
    /// Damaged.
    public var skipped: UInt64 = 0

    /// No frames yet.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case delivered, dropped, skipped
        case passedOver = "passed_over"
    }
}

/// What recognition saw since the daemon started.
public struct RecognitionStatus: Codable, Sendable, Equatable {
    /// Faces detected, in all frames together.
    public var faces: UInt64 = 0
    /// Faces followed through frames.
    public var tracks: UInt64 = 0
    /// Descriptors computed.
    public var descriptors: UInt64 = 0
    /// Tracks whose person was found.
    public var identified: UInt64 = 0
    /// Tracks of nobody on the roster.
    public var unknown: UInt64 = 0
    /// Tracks without enough evidence.
    public var unsure: UInt64 = 0
    /// Of these, tracks of somebody known who may be a picture.
    public var suspicious: UInt64 = 0
    /// The movement that somebody at the door is asked for now; nil when nothing is.
    public var asking: String?

    /// Nothing seen yet.
    public init() {}
}

/// One of the last marks. Who it is for is only told where the configuration says so.
public struct MarkStatus: Codable, Sendable, Equatable {
    /// The mark's id, in lower case as on the server and in the journal.
    public var id: String
    /// Milliseconds since 1970.
    public var atMilliseconds: Int64
    /// The attendance day.
    public var session: SessionID
    /// Present, Late or Absent.
    public var status: AttendanceStatus
    /// Whom the mark is for; nil where that is not told.
    public var person: String?
    /// The person's name; nil where that is not told.
    public var name: String?

    /// What is shown of a mark.
    public init(_ mark: Mark, name: String?) {
        id = mark.id.lowercased
        atMilliseconds = mark.at.milliseconds
        session = mark.session
        status = mark.status
        person = mark.person.lowercased
        self.name = name
    }

    /// The same without the person.
    public var anonymous: MarkStatus {
        var result = self
        result.person = nil
        result.name = nil
        return result
    }

    private enum CodingKeys: String, CodingKey {
        case id, session, status, person, name
        case atMilliseconds = "at_ms"
    }
}

/// What waits for the server.
public struct OutboxStatus: Codable, Sendable, Equatable {
    /// How many marks wait.
    public var depth = 0
    /// Seconds since the oldest of them was made; nil when none waits.
    public var oldestSeconds: Double?
    /// How many unsure walk-bys wait; nil before the outbox was looked into, and from a daemon that does not tell.
    public var walkBys: Int?
    /// Marks that the server rejected and that are kept apart.
    public var rejected = 0
    /// What is wrong (disk full, file damaged), in one line.
    public var alarm: String?

    /// An empty outbox.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case depth, rejected, alarm
        case oldestSeconds = "oldest_seconds"
        case walkBys = "walk_bys"
    }
}

/// How the last exchanges with the server went.
public struct SyncStatus: Codable, Sendable, Equatable {
    /// The outcome of the last attempt.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// No attempt yet.
        case waiting
        case ok, failing
    }

    /// How the last attempt ended.
    public var state = State.waiting
    /// One line on the last failure; it stays after a success.
    public var lastError: String?
    /// Seconds since the last success; nil before the first.
    public var lastSuccessSeconds: Double?

    /// No attempt yet.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case state
        case lastError = "last_error"
        case lastSuccessSeconds = "last_success_seconds"
    }
}

/// Who may be recognised.
public struct RosterStatus: Codable, Sendable, Equatable {
    /// People on the roster.
    public var people = 0
    /// Their templates.
    public var templates = 0
    /// The server's name for this version; nil before the first roster.
    public var cursor: String?
    /// When somebody of this roster is named; nil before the first look at it.
    public var operatingPoint: OperatingPointStatus?

    /// No roster yet.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case people, templates, cursor
        case operatingPoint = "operating_point"
    }
}

/// What follows from the error budget for the roster.
public struct OperatingPointStatus: Codable, Sendable, Equatable {
    /// The mean score of a walk-by's shots from which a person is named, in nats.
    public var threshold: Double
    /// How much further the second person's must be, in nats.
    public var margin: Double
    /// The share of strangers that may be named, as configured.
    public var strangerNamed: Double
    /// The share of students that may be taken for another, as configured.
    public var studentForAnother: Double
    /// Pairs of people who look so alike that more is asked of them; nil until the roster was looked through.
    public var lookAlikePairs: Int?

    init(_ point: OperatingPoint, lookAlikePairs: Int?) {
        func hundredths(_ value: Float) -> Double { (Double(value) * 100).rounded() / 100 }
        threshold = hundredths(point.threshold)
        margin = hundredths(point.margin)
        strangerNamed = point.budget.strangerNamed
        studentForAnother = point.budget.studentForAnother
        self.lookAlikePairs = lookAlikePairs
    }

    private enum CodingKeys: String, CodingKey {
        case margin = "margin_nats"
        case threshold = "threshold_nats"
        case strangerNamed = "stranger_named"
        case studentForAnother = "student_for_another"
        case lookAlikePairs = "look_alike_pairs"
    }
}

/// Memory of the daemon.
public struct MemoryStatus: Codable, Sendable, Equatable {
    /// Bytes of RAM in use.
    public var residentBytes: Int64

    private enum CodingKeys: String, CodingKey {
        case residentBytes = "resident_bytes"
    }
}
