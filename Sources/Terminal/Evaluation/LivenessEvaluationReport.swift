import Faces

/// What `evaluate liveness` found, in the words of ISO/IEC 30107-3.
public struct LivenessReport: Sendable, Equatable, Encodable {
    /// A count of streams and its share.
    public struct Rate: Sendable, Equatable, Encodable {
        /// Streams that count against it.
        public var count: Int
        /// Streams.
        public var of: Int
        /// nil without streams.
        public var rate: Double?
        /// 95 %, by Wilson (JASA 22, 1927): holds for few streams and for none or all of them. Streams are taken for
        /// independent; those of one person are not quite, so that it is rather wider in truth.
        public var interval: [Double]?

        init(count: Int, of: Int) {
            self.count = count
            self.of = of
            guard of > 0 else { return }
            let (n, p, z) = (Double(of), Double(count) / Double(of), 1.959964)
            let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
            let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
            rate = p
            interval = [count == 0 ? 0 : max(0, middle - half), count == of ? 1 : min(1, middle + half)]
        }
    }

    /// The attacks of one kind.
    public struct Attack: Sendable, Equatable, Encodable {
        /// The folder's name.
        public var kind: String
        /// Streams in which nobody was found often enough for a decision: no responses, apart from the error rate.
        public var nonResponses: Int
        /// Attacks that are neither called suspicious nor too brief, among the responses.
        public var apcer: Rate
        /// Attacks of which a plain recogniser would have described good shots enough for a decision, among all.
        public var describedWithoutLiveness: Rate
        /// Attacks that a plain recogniser would have named as the person of the file's name; with a roster only.
        public var namedWithoutLiveness: Rate?
        /// Attacks that a terminal with liveness would mark so, early or late; with a roster only.
        public var namedWithLiveness: Rate?

        enum CodingKeys: String, CodingKey {
            case kind, apcer
            case nonResponses = "non_responses"
            case describedWithoutLiveness = "described_without_liveness"
            case namedWithoutLiveness = "named_without_liveness"
            case namedWithLiveness = "named_with_liveness"
        }
    }

    /// The BPCER that the threshold was taken for.
    public var budget: Double
    /// Scores below it are suspicious, in nats.
    public var threshold: Double
    /// Living people who are called suspicious or were seen too briefly, among the responses.
    public var bpcer: Rate
    /// Streams of living people in which nobody was found often enough.
    public var bonaFideNonResponses: Int
    /// Streams of living people who were seen too briefly, among the responses.
    public var bonaFideUndecided: Int
    /// Living people whom a plain recogniser would have named as the person of the file's name; with a roster only.
    public var bonaFideNamedWithoutLiveness: Rate?
    /// Those whom a terminal with liveness would mark so; with a roster only.
    public var bonaFideNamedWithLiveness: Rate?
    /// The kind with the highest APCER first.
    public var attacks: [Attack]
    /// What liveness took for a look at a face, in microseconds.
    public var microsecondsPerLook: Double
    /// What everything took for a frame, in milliseconds of processor time.
    public var cpuMillisecondsPerFrame: Double
    /// Each stream, if wanted.
    public var streams: [String: [LivenessEvaluation.Stream]]?

    enum CodingKeys: String, CodingKey {
        case budget, threshold, bpcer, attacks, streams
        case bonaFideNonResponses = "bona_fide_non_responses"
        case bonaFideUndecided = "bona_fide_undecided"
        case bonaFideNamedWithoutLiveness = "bona_fide_named_without_liveness"
        case bonaFideNamedWithLiveness = "bona_fide_named_with_liveness"
        case microsecondsPerLook = "microseconds_per_look"
        case cpuMillisecondsPerFrame = "cpu_milliseconds_per_frame"
    }

    /// - Parameters:
    ///   - attacks: the streams of each kind.
    ///   - hasRoster: whether anybody could be named.
    ///   - cpu: processor time of all.
    public init(
        bonaFide: [LivenessEvaluation.Stream], attacks: [String: [LivenessEvaluation.Stream]], budget: Double,
        hasRoster: Bool, withStreams: Bool, cost: LivenessEvaluation.Cost, cpu: Double
    ) {
        self.budget = budget
        threshold = LivenessEvidence.threshold(budget: budget)
        let responses = bonaFide.filter(\.isResponse)
        bpcer = Rate(count: responses.count(where: \.isRefused), of: responses.count)
        bonaFideNonResponses = bonaFide.count - responses.count
        bonaFideUndecided = responses.count { $0.score == nil }
        if hasRoster {
            bonaFideNamedWithoutLiveness = Self.named(\.named, in: bonaFide)
            bonaFideNamedWithLiveness = Self.named(\.marked, in: bonaFide)
        }
        self.attacks = attacks.map { Self.attack($0, $1, hasRoster: hasRoster) }
            .sorted { ($0.apcer.rate ?? -1, $1.kind) > ($1.apcer.rate ?? -1, $0.kind) }
        let frames = (bonaFide + attacks.values.joined()).reduce(0) { $0 + $1.frames }
        microsecondsPerLook = cost.looks > 0 ? cost.time / .microseconds(cost.looks) : 0
        cpuMillisecondsPerFrame = frames > 0 ? cpu * 1000 / Double(frames) : 0
        if withStreams {
            var all = attacks
            all["bona-fide"] = bonaFide
            streams = all
        }
    }

    private static func named(
        _ name: KeyPath<LivenessEvaluation.Stream, String?>, in streams: [LivenessEvaluation.Stream]
    ) -> Rate {
        Rate(count: streams.count { $0[keyPath: name] == person(of: $0.name) }, of: streams.count)
    }

    private static func attack(
        _ kind: String, _ streams: [LivenessEvaluation.Stream], hasRoster: Bool
    ) -> Attack {
        let responses = streams.filter(\.isResponse)
        return Attack(
            kind: kind, nonResponses: streams.count - responses.count,
            apcer: Rate(count: responses.count { !$0.isRefused }, of: responses.count),
            describedWithoutLiveness: Rate(count: responses.count, of: streams.count),
            namedWithoutLiveness: hasRoster ? named(\.named, in: streams) : nil,
            namedWithLiveness: hasRoster ? named(\.marked, in: streams) : nil)
    }

    /// Whom a file shows: its name up to the first dot.
    private static func person(of name: String) -> String {
        String(name.prefix { $0 != "." })
    }
}
