import Attendance
import Capture
import Configuration
import FoundationEssentials

/// Looks at everything that a terminal needs, from the camera to the server. It changes nothing.
public struct Doctor {
    private let configuration: TerminalConfiguration

    /// A doctor for the terminal that is configured so.
    public init(_ configuration: TerminalConfiguration) {
        self.configuration = configuration
    }

    /// Makes all checks; some seconds, more when the server does not answer.
    public func examine() -> DoctorReport {
        let answer: Result<StatusSnapshot, StatusClientError>
        do throws(StatusClientError) {
            answer = .success(try StatusClient(configuration.status).ask().status)
        } catch {
            answer = .failure(error)
        }
        let status = try? answer.get()
        let probe = ServerProbe(configuration, cursor: status?.roster.cursor)
        let now = ClockReading.now

        var findings = [DaemonCheck(answer: answer).finding, camera(status?.camera)]
        findings.append(ModelCheck(configuration.models.pack).finding)
        let recognition = configuration.recognition
        if recognition.detector != .hog { findings.append(CascadeCheck(recognition.haarCascade).finding) }
        findings += storage(daemonRuns: status != nil)
        findings += secrets(daemonRuns: status != nil)
        findings.append(
            ClockCheck(
                reading: now, serverAhead: probe.serverAhead, trustsServer: configuration.clock.trustServer,
                daemon: status?.clock
            ).finding)
        findings.append(TimeZoneCheck(zone: configuration.attendance.timeZone, now: now.wall).finding)
        if let roster = status?.roster { findings.append(RosterCheck(roster: roster).finding) }
        if let outbox = status?.outbox { findings.append(OutboxCheck(outbox: outbox).finding) }
        findings.append(ServerCheck(url: configuration.server.url, answer: probe.answer).finding)
        findings.append(CertificateCheck(chain: probe.chain, now: now.wall).finding)
        findings.append(TokenCheck(answer: probe.token, daemon: status?.sync.state).finding)
        return DoctorReport(findings: findings)
    }

    private func camera(_ daemon: CameraStatus?) -> Finding {
        let camera = configuration.camera
        guard camera.source == .v4l2 else {
            let path = camera.path.flatMap { $0 == "-" ? nil : $0 }
            return SourceCheck(
                facts: path.map { PathFacts(of: $0) }, wantsFolder: camera.source == .images, daemon: daemon
            ).finding
        }
        return CameraCheck(options: camera.options, daemon: daemon).finding
    }

    private func storage(daemonRuns: Bool) -> [Finding] {
        let folder = configuration.state.directory
        return [
            DiskCheck(of: folder).finding,
            StateFolderCheck(of: folder, daemonRuns: daemonRuns).finding,
        ]
    }

    /// Why the daemon would refuse the token; nil when it would not.
    private var tokenProblem: String? {
        do {
            _ = try BearerToken(configuration.token())
            return nil
        } catch ConfigurationError.unreadable(_, let reason) {
            return reason
        } catch {
            return "\(error)"
        }
    }

    private func secrets(daemonRuns: Bool) -> [Finding] {
        let keyFile = configuration.keys.templateKeyFile
        return [
            SecretFileCheck(
                name: "token file", facts: PathFacts(of: configuration.server.tokenFile),
                contentProblem: tokenProblem,
                remedy:
                    "on the server: rollcall-server terminal add NAME --code (terminal renew NAME --code if it is"
                    + " there already); here: rollcallctl register --code CODE, then: systemctl restart rollcalld",
                daemonRuns: daemonRuns),
            SecretFileCheck(
                name: "template key", facts: PathFacts(of: keyFile), size: 32,
                remedy: "make one: (umask 077; head -c 32 /dev/urandom > \(keyFile)); the roster is pulled again",
                daemonRuns: daemonRuns),
        ].map(\.finding)
    }
}
