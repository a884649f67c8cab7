import ArgumentParser
import Progress
import Terminal

/// Whom `evaluate identify` enrols and searches: folders for each use, one folder, or descriptors.
struct EvaluatedPeople: ParsableArguments {
    @Option(help: ArgumentHelp("People to enrol.", valueName: "dir"), completion: .directory)
    var gallery: String?

    @Option(
        help: ArgumentHelp("Other photographs of the same people, in folders of the same names.", valueName: "dir"),
        completion: .directory)
    var probes: String?

    @Option(help: ArgumentHelp("People who are not enrolled.", valueName: "dir"), completion: .directory)
    var strangers: String?

    @Option(
        help: ArgumentHelp(
            "People of whom --enrol photographs each are enrolled and the others searched; who has no more is a stranger.",
            valueName: "dir"), completion: .directory)
    var people: String?

    @Option(
        help: ArgumentHelp("In place of photographs: 128 numbers of 32 bits for each face.", valueName: "file"),
        completion: .file())
    var descriptors: String?

    @Option(
        help: ArgumentHelp("Whose each descriptor is: one whole number of 32 bits.", valueName: "file"),
        completion: .file())
    var identities: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Use only the people that this file names, one a line.", valueName: "file"),
        completion: .file())
    var peopleFrom: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A file of make calibrate in place of the one that is built in. Several, each with its --people-from, are a "
                + "cross-validation.", valueName: "file"),
        completion: .file())
    var calibration: [String] = []

    @Option(help: ArgumentHelp("Galleries to draw; the figures are over all of them.", valueName: "n"))
    var draws = 1

    @Option(
        help: ArgumentHelp(
            "People of a gallery, drawn at random; the others are strangers. Without it, everybody.", valueName: "n"))
    var gallerySize: Int?

    @Option(
        help: ArgumentHelp(
            "Photographs enrolled of each person, at most. Without it, 1 of --people and --descriptors, all of --gallery.",
            valueName: "n"))
    var enrol: Int?

    @Option(
        help: ArgumentHelp(
            "Photographs searched of each person, at most. Without it, 10 of --people and --descriptors, all otherwise.",
            valueName: "n"))
    var probesPerPerson: Int?

    @Option(help: ArgumentHelp("Another number draws other galleries.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        let ways = [gallery != nil || probes != nil, people != nil, descriptors != nil || identities != nil]
        guard ways.count(where: { $0 }) == 1 else {
            throw ValidationError(
                "Give --gallery and --probes, or --people, or --descriptors and --identities: one of the three.")
        }
        guard (gallery == nil) == (probes == nil) else { throw ValidationError("--gallery and --probes go together.") }
        guard (descriptors == nil) == (identities == nil) else {
            throw ValidationError("--descriptors and --identities go together.")
        }
        guard strangers == nil || gallery != nil else { throw ValidationError("--strangers goes with --gallery.") }
        let numbers = [
            ("--draws", draws), ("--gallery-size", gallerySize ?? 1), ("--enrol", enrol ?? 1),
            ("--probes-per-person", probesPerPerson ?? 1),
        ]
        for (name, number) in numbers where number < 1 { throw ValidationError("\(name) must be at least 1.") }
        guard calibration.count == peopleFrom.count || (calibration.count < 2 && peopleFrom.count < 2) else {
            throw ValidationError("--calibration and --people-from go together: the same number of each.")
        }
        guard draws == 1 || gallerySize != nil || gallery == nil else {
            throw ValidationError("--draws over --gallery needs --gallery-size: every gallery would be the same.")
        }
    }

    /// How galleries are drawn.
    var plan: DrawPlan {
        var plan = DrawPlan()
        plan.draws = draws
        plan.gallerySize = gallerySize
        plan.enrol = enrol
        plan.mostProbes = probesPerPerson ?? (gallery == nil ? 10 : nil)
        plan.seed = seed
        return plan
    }

    /// With what calibration who is enrolled and searched.
    func folds() throws(EvaluationError) -> [IdentifyEvaluation.Fold] {
        var folds: [IdentifyEvaluation.Fold] = []
        for index in 0..<max(calibration.count, peopleFrom.count, 1) {
            var fold = IdentifyEvaluation.Fold()
            if peopleFrom.indices.contains(index) { fold.people = try PeopleList(path: peopleFrom[index]) }
            if calibration.indices.contains(index) { fold.calibration = try CalibrationFile.read(calibration[index]) }
            folds.append(fold)
        }
        return folds
    }

    /// The people, and their descriptors where there are no photographs.
    func load() throws -> (population: EvaluationPopulation, descriptors: DescriptorSet?) {
        let population: EvaluationPopulation
        var set: DescriptorSet?
        if let descriptors, let identities {
            let loaded = try DescriptorSet(descriptors: descriptors, identities: identities)
            set = loaded
            population = EvaluationPopulation(descriptors: loaded)
        } else if let people {
            population = EvaluationPopulation(people: try PeopleFolder(path: people))
        } else {
            let gallery = try PeopleFolder(path: gallery ?? "")
            let probes = try PeopleFolder(path: probes ?? "")
            let strangers = try strangers.map { try PeopleFolder(path: $0, mayBeFlat: true) }
            population = EvaluationPopulation(gallery: gallery, probes: probes, strangers: strangers)
        }
        complain(of: population)
        return (population, set)
    }

    /// What makes figures say something else than they seem to.
    private func complain(of population: EvaluationPopulation) {
        let own = population.searchedAsEnrolled
        if let first = own.first {
            rollcallctl.complain(
                "\(counted(own.count, "photograph")) to be searched \(own.count == 1 ? "is" : "are") enrolled too, and so "
                    + "\(own.count == 1 ? "says" : "say") nothing of others, such as \(first); give others to --probes "
                    + "and --strangers")
        }
        let twice = population.strangersWithAName
        if !twice.isEmpty {
            rollcallctl.complain(
                "\(counted(twice.count, "person", "people")) of --strangers with the name of somebody in --gallery, counted "
                    + "as others: "
                    + firstNames(twice))
        }
        let absent = population.people.filter(\.isAbsent)
        if let first = absent.first {
            let found = population.people.count { !$0.enrolments.isEmpty && !$0.probes.isEmpty }
            rollcallctl.complain(
                "\(absent.count) of \(counted(absent.count + found, "person", "people")) of --probes "
                    + "\(absent.count == 1 ? "is" : "are") not in --gallery and cannot be found, such as \(first.name); "
                    + "people who are not enrolled belong in --strangers")
        }
    }
}

extension QualityGate: ExpressibleByArgument {}
