/// What the evaluation of streams of arrivals found; its JSON keys are documented in docs/rollcallctl.md.
public struct ArrivalsReport: Sendable, Equatable, Encodable {
    /// A mark of a stream.
    public struct MarkedPerson: Sendable, Equatable, Codable {
        /// The folder's name in the gallery.
        public var person: String
        /// The stream's file.
        public var stream: String
        /// The frame that decided, counted from 0.
        public var atFrame: Int
        /// From the capture of the person's first good frame until the mark was durable, as it would be if the frames
        /// came at the stream's own rate.
        public var latencyMS: Double
        /// From the capture of the person's first good frame to that of the frame that decided: what the decision waited
        /// for, whatever the machine.
        public var watchedMS: Double
        /// The same in frames, of a camera that gives 15 a second.
        public var framesAt15: Int

        /// A mark; see the properties.
        public init(person: String, stream: String, atFrame: Int, latencyMS: Double, watchedMS: Double) {
            self.person = person
            self.stream = stream
            self.atFrame = atFrame
            self.latencyMS = latencyMS
            self.watchedMS = watchedMS
            framesAt15 = Int((watchedMS * 15 / 1000).rounded())
        }

        enum CodingKeys: String, CodingKey {
            case person, stream
            case atFrame = "at_frame"
            case latencyMS = "latency_ms"
            case watchedMS = "watched_ms"
            case framesAt15 = "frames_at_15"
        }
    }

    /// One stream.
    public struct Stream: Sendable, Equatable, Encodable {
        /// Its file.
        public var name: String
        /// Frames played.
        public var frames = 0
        /// Tracks that were described or refused.
        public var tracks = 0
        /// In the order in which they were made.
        public var marks: [MarkedPerson] = []
        /// Tracks of nobody on the roster.
        public var unknown = 0
        /// Tracks that could not be decided.
        public var unsure = 0
        /// CPU seconds of the run, without the enrolment.
        public var cpuSeconds = 0.0
        /// Given with a truth file.
        public var truth: Truth.Verdict?

        /// A stream of which nothing was played.
        init(name: String) { self.name = name }

        enum CodingKeys: String, CodingKey {
            case name, frames, tracks, marks, unknown, unsure, truth
            case cpuSeconds = "cpu_seconds"
        }
    }

    /// What people wait for, from their first good frame on.
    public struct Latency: Sendable, Equatable, Encodable {
        /// The median mark's, until the decision.
        public var medianMS: Double
        /// Of the median, over people.
        public var medianInterval: Interval?
        /// The slowest mark's, until the decision.
        public var maximumMS: Double
        /// The median mark's, until it was durable.
        public var durableMedianMS: Double
        /// The slowest mark's, until it was durable.
        public var durableMaximumMS: Double

        enum CodingKeys: String, CodingKey {
            case medianMS = "median_ms"
            case medianInterval = "median_interval"
            case maximumMS = "maximum_ms"
            case durableMedianMS = "durable_median_ms"
            case durableMaximumMS = "durable_maximum_ms"
        }
    }

    /// In the order in which they were played.
    public var streams: [Stream]
    /// Of all marks; nil without one.
    public var latency: Latency?
    /// Share of the people to be marked who were not, over all streams; nil without truth.
    public var missed = Figure()
    /// Share of the strangers' walk-bys in which somebody was marked who did not walk by; nil without truth.
    public var strangersNamed = Figure()
    /// Time and memory.
    public var cost: EvaluationCost?
    /// Photographs of the roster that enrolment refused.
    public var refused: [Gallery.Refusal]

    /// - Parameters:
    ///   - streams: with what was played, without truth.
    ///   - truths: one for each stream, or nil.
    public init(streams: [Stream], truths: [Truth?], refused: [Gallery.Refusal]) {
        self.streams = streams
        self.refused = refused
        for (index, truth) in truths.enumerated() {
            self.streams[index].truth = truth?.judge(streams[index].marks)
        }
        measure(truths)
    }

    /// Of all streams, in their order.
    public var marks: [MarkedPerson] { streams.flatMap(\.marks) }
    /// Of all streams that have a truth; nil when none has.
    public var truth: Truth.Verdict? {
        let verdicts = streams.compactMap(\.truth)
        return verdicts.isEmpty ? nil : verdicts.reduce(into: Truth.Verdict()) { $0 += $1 }
    }
    /// The sum over all streams.
    public func total(_ count: (Stream) -> Int) -> Int { streams.reduce(0) { $0 + count($1) } }

    private mutating func measure(_ truths: [Truth?]) {
        let expected = truths.flatMap { Array($0?.expected ?? []) }
        let names = Set(marks.map(\.person) + expected).sorted()
        let number = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let waits = marks.map { (person: number[$0.person] ?? 0, ms: $0.watchedMS) }.sorted { $0.ms < $1.ms }

        // Nobody knows which strangers are the same person: each walk-by counts as one of its own.
        var misses: [(person: Int, isError: Bool)] = []
        var strangers: [(person: Int, isError: Bool)] = []
        for (stream, truth) in zip(streams, truths) {
            guard let truth else { continue }
            let marked = Set(stream.marks.map(\.person))
            misses += truth.expected.sorted().map { (number[$0] ?? 0, !marked.contains($0)) }
            for isNamed in truth.strangersNamed(by: stream.marks) {
                strangers.append((names.count + strangers.count, isNamed))
            }
        }
        let bootstrap = Bootstrap(
            strata: [Array(names.indices), Array(names.count..<names.count + strangers.count)],
            people: names.count + strangers.count)
        let figures = bootstrap.figures([
            .share(misses), .share(strangers),
            Bootstrap.Statistic(people: names.count, value: { Self.median(of: waits, weights: $0) }, isShare: false),
        ])
        missed = figures[0]
        strangersNamed = figures[1]
        let durable = marks.map(\.latencyMS).sorted()
        if let median = figures[2].value, let maximum = waits.last, let durableMaximum = durable.last {
            latency = Latency(
                medianMS: median, medianInterval: figures[2].interval, maximumMS: maximum.ms,
                durableMedianMS: durable[(durable.count - 1) / 2], durableMaximumMS: durableMaximum)
        }
    }

    /// The lower median, each wait as often as its person counts.
    private static func median(of waits: [(person: Int, ms: Double)], weights: [Int]) -> Double? {
        let all = waits.reduce(0) { $0 + weights[$1.person] }
        var below = 0
        for wait in waits {
            below += weights[wait.person]
            if below > 0, 2 * below >= all { return wait.ms }
        }
        return nil
    }
}
