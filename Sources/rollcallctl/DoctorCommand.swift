import ArgumentParser
import Terminal

/// `rollcallctl doctor`
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check everything a terminal needs, each with a verdict and the next step.",
        discussion: """
            Looks at the daemon, camera, models, disk, permissions, clock, time zone, server, certificate and token. \
            It changes nothing. As root it sees more: sudo rollcallctl doctor.

            Exit status: 0 all is well or there are warnings only, 1 something failed, 64 wrong usage, \
            78 the configuration is refused.
            """)

    @OptionGroup var configuration: ConfigurationOption

    @Flag(help: "Print one JSON document with all findings.")
    var json = false

    func run() throws {
        let report = Doctor(try configuration.load()).examine()
        print(json ? try rollcallctl.json(report) : report.text)
        if report.verdict == .failed { throw ExitStatus.wrong }
    }
}
