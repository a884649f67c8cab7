import ArgumentParser
import Progress
import Server

struct EnrolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "Enrol people by their photographs.",
        usage: """
            rollcall-server enrol [--consent] NAME --class CLASS IMAGE...
            rollcall-server enrol [--consent] --folder FOLDER [--class CLASS]
            """,
        discussion: """
            Good photographs go in, the others are refused with the reason. Somebody of the same name and class gets \
            the photographs added. Three or four photographs a person are enough, 16 are the most. A warning names whoever \
            is enrolled and looks like a new photograph: perhaps one person under two names. Advice says what could be \
            better about a photograph, and which one is missing.

            Nobody is enrolled without consent: it was recorded before, or --consent says that you have it on record \
            for all of them, which is recorded here with them.

            Exit status: 0 all accepted, 2 a photograph was refused, 3 somebody has no accepted photograph at all, \
            1 it could not be done, 78 the configuration or a file it names is refused; 130 after SIGINT (Ctrl-C), 143 \
            after SIGTERM: whoever is being enrolled still is, and what there is to say of all until then is said.
            """)

    @OptionGroup var configuration: ConfigurationOption
    @Option(name: .customLong("class"), help: "The class; for a folder, the folder's name unless given.")
    var className: String?
    @Option(help: "A folder with one sub-folder per person, named like the person.") var folder: String?
    @Flag(help: "You have the consent of everybody named here on record.") var consent = false
    @Argument(help: "The person's name, then image files (JPEG, PNG, PGM or PPM).") var nameAndImages: [String] = []

    func validate() throws {
        if folder != nil {
            guard nameAndImages.isEmpty else { throw ValidationError("--folder names the people; give no others") }
        } else {
            guard nameAndImages.count >= 2 else { throw ValidationError("give a name and at least one image") }
            guard className != nil else { throw ValidationError("--class is needed") }
        }
    }

    func run() throws {
        let interruption = Interruption()
        let reports = try reporting(in: configuration.file) { () throws(ServerError) in
            try enrol(until: interruption)
        }
        for report in reports {
            guard let person = report.person else { continue }
            let count = report.photographs.count
            let known = report.known > 0 ? " (\(report.known) of them before)" : ""
            print(
                "\(person.name) (\(person.className)): \(count - report.refused) of \(count) photographs accepted\(known)"
            )
        }
        if let status = interruption.exitStatus { throw ExitCode(status) }
        let status = EnrolmentReport.exitStatus(reports)
        guard status == 0 else { throw ExitCode(status) }
    }

    private func enrol(until interruption: Interruption) throws(ServerError) -> [EnrolmentReport] {
        let sets = try photographSets()
        let loaded = try configuration.load()
        let database = try configuration.openDatabase()
        defer { database.close() }
        let enroller = try Enroller(database: database, models: loaded.models)
        var meter = ProgressMeter(
            "Enrolling", unit: "photographs", total: sets.reduce(0) { $0 + $1.photographs.count })
        defer { meter.finish() }
        var reports: [EnrolmentReport] = []
        try enroller.enrol(
            sets, hasConsent: consent, progress: { meter.advance() }, goesOn: { !interruption.isNoted }
        ) { set, report in
            for photograph in report.photographs {
                if case .refused(let reason) = photograph.verdict {
                    // Of a file that cannot be read the reason begins with its name.
                    let name = reason.hasPrefix(photograph.path) ? "" : "\(photograph.path): "
                    meter.note("\(name)refused: \(reason)")
                }
            }
            if report.isNewClass { meter.note("the class \(set.className) is new: there was none of that name") }
            for warning in report.warnings { meter.note("warning: \(warning)") }
            for advice in report.advice { meter.note("advice: \(advice)") }
            if report.person == nil { meter.note("\(set.name) (\(set.className)): no photograph was accepted") }
            reports.append(report)
        }
        return reports
    }

    private func photographSets() throws(ServerError) -> [PhotographSet] {
        if let folder { return try PhotographSet.inFolder(folder, className: className) }
        return [
            PhotographSet(
                name: nameAndImages[0], className: className ?? "", photographs: Array(nameAndImages.dropFirst()))
        ]
    }
}
