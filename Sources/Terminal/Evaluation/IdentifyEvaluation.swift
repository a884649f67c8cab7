import Capture
import Faces
import Identification

/// How well single photographs are identified: rank-1, and errors at the configured rule and at fixed FPIR
/// (ISO/IEC 19795-1; NIST FRTE 1:N). The rule is the terminal's, but for the number of shots, which is one here.
public struct IdentifyEvaluation {
    /// What the evaluation found; its JSON keys are documented in docs/rollcallctl.md.
    public struct Report: Sendable, Equatable, Codable {
        /// People enrolled.
        public var gallery = 0
        /// Templates of all of them.
        public var templates = 0
        /// Photographs of people of the gallery.
        public var probes = 0
        /// Photographs of people who are not.
        public var strangers = 0
        /// Strangers in which a face was found. Not part of the document.
        public var searchedStrangers = 0
        /// Probes and strangers in which no face was found. Such a probe counts as missed in `rank1` and `fnir`; such a
        /// stranger does not count in `fpir`.
        public var notDetected = 0
        /// Share of the probes whose nearest person is the right one.
        public var rank1 = 0.0
        /// Share of the probes that are not identified as the right person at the configured rule.
        public var fnir = 0.0
        /// Share of the strangers who are identified as somebody at the configured rule; nil without strangers.
        public var fpir: Double?
        /// Probes that are identified as another person at the configured rule.
        public var misidentified = 0
        /// FNIR at the score that keeps FPIR at most at the key; nil without strangers.
        public var fnirAtFpir: [String: Double?] = [:]
        /// Probes and strangers whose files could not be read, with the reason; they count as not detected.
        public var unreadable: [Gallery.Refusal] = []
        /// Photographs of the gallery that enrolment refused.
        public var refused: [Gallery.Refusal] = []

        /// Whether there were strangers enough: with fewer than 1/FPIR none of them may be named, which is another rate.
        public func measures(fpir: String) -> Bool { (Double(fpir) ?? 0) * Double(searchedStrangers) >= 1 }

        enum CodingKeys: String, CodingKey {
            case gallery, templates, probes, strangers, rank1, fnir, fpir, misidentified, unreadable, refused
            case notDetected = "not_detected"
            case fnirAtFpir = "fnir_at_fpir"
        }

        /// Writes every key, with null for a figure that cannot be known.
        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(gallery, forKey: .gallery)
            try values.encode(templates, forKey: .templates)
            try values.encode(probes, forKey: .probes)
            try values.encode(strangers, forKey: .strangers)
            try values.encode(notDetected, forKey: .notDetected)
            try values.encode(rank1, forKey: .rank1)
            try values.encode(fnir, forKey: .fnir)
            try values.encode(fpir, forKey: .fpir)
            try values.encode(misidentified, forKey: .misidentified)
            try values.encode(fnirAtFpir, forKey: .fnirAtFpir)
            try values.encode(unreadable, forKey: .unreadable)
            try values.encode(refused, forKey: .refused)
        }
    }

    /// One photograph's search: who is nearest, with which score, and whether the rule names them.
    struct Search {
        var nearest: Int
        var score: Float
        var isNamed: Bool
    }

    static let operatingPoints: [(key: String, fpir: Double)] = [("0.01", 0.01), ("0.003", 0.003), ("0.001", 0.001)]

    private let stages: any FaceStages
    private let minimumFace: Int
    private let matcher: Matcher
    private let rule: DecisionRule

    init(stages: any FaceStages, roster: Roster, options: RecognitionOptions) {
        self.stages = stages
        minimumFace = options.minimumFace
        matcher = Matcher(roster: roster)
        rule = options.rule.forSingleShots
    }

    /// Enrols `gallery`, searches `probes` and `strangers`.
    /// - Parameters:
    ///   - engine: enrols, as on the server.
    ///   - stages: search, as on the terminal.
    ///   - progress: told after each photograph, counted over all three folders.
    public static func run(
        gallery: PeopleFolder, probes: PeopleFolder, strangers: PeopleFolder?, engine: FaceEngine,
        stages: any FaceStages, options: RecognitionOptions, progress: (Int) -> Void = { _ in }
    ) -> Report {
        let enrolled = Gallery.enrol(gallery, engine: engine, progress: progress)
        let evaluation = IdentifyEvaluation(stages: stages, roster: enrolled.roster, options: options)
        var done = gallery.imageCount
        var unreadable: [Gallery.Refusal] = []
        func search(_ path: String) -> Search? {
            defer {
                done += 1
                progress(done)
            }
            do { return evaluation.search(try ImageFile.load(path: path)) } catch {
                unreadable.append(Gallery.Refusal(image: path, reason: "\(error)"))
                return nil
            }
        }
        var mated: [(name: String, search: Search?)] = []
        for person in probes.people { for image in person.images { mated.append((person.name, search(image))) } }
        var foreign: [Search?] = []
        for person in strangers?.people ?? [] { foreign += person.images.map(search) }

        let people = enrolled.roster.people
        var report = summarise(
            mated: mated.map { probe in
                (probe.search, people.firstIndex { $0.name == probe.name } ?? -1)
            }, strangers: foreign)
        report.gallery = people.count
        report.templates = people.reduce(0) { $0 + $1.templates.count }
        report.unreadable = unreadable
        report.refused = enrolled.refused
        return report
    }

    /// The figures of searches whose truth is known; -1 is a person who is not in the gallery.
    static func summarise(mated: [(search: Search?, truth: Int)], strangers: [Search?]) -> Report {
        var report = Report()
        report.probes = mated.count
        report.strangers = strangers.count
        let found = strangers.compactMap { $0 }
        report.searchedStrangers = found.count
        report.notDetected = mated.count { $0.search == nil } + strangers.count - found.count
        let right = mated.filter { $0.search?.nearest == $0.truth && $0.truth >= 0 }.compactMap(\.search)
        let total = Double(max(mated.count, 1))
        report.rank1 = Double(right.count) / total
        report.fnir = 1 - Double(right.count { $0.isNamed }) / total
        report.misidentified = mated.count { $0.search.map(\.isNamed) == true && $0.search?.nearest != $0.truth }
        if !found.isEmpty { report.fpir = Double(found.count { $0.isNamed }) / Double(found.count) }
        let scores = found.map(\.score).sorted(by: >)
        for point in operatingPoints {
            guard !scores.isEmpty else {
                report.fnirAtFpir.updateValue(nil, forKey: point.key)
                continue
            }
            // So many strangers may be named; the next one's score must not be.
            let allowed = Int(point.fpir * Double(scores.count))
            let limit = allowed < scores.count ? scores[allowed] : -.infinity
            report.fnirAtFpir[point.key] = 1 - Double(right.count { $0.score > limit }) / total
        }
        return report
    }

    /// Searches the largest face of a photograph; nil when none is found.
    private func search(_ frame: Frame) -> Search? {
        guard let boxes = try? stages.detect(in: frame, minimumFace: minimumFace, region: nil),
            let box = boxes.max(by: { $0.area < $1.area }),
            let landmarks = try? stages.landmarks(in: frame, box: box),
            let descriptor = try? stages.describe(frame, landmarks: landmarks)
        else { return nil }
        var evidence = Evidence()
        evidence.add(descriptor, matcher: matcher)
        guard let best = evidence.best else { return Search(nearest: -1, score: 0, isNamed: false) }
        return Search(nearest: best.person, score: rule.score(best), isNamed: rule.identify(evidence) != nil)
    }
}
