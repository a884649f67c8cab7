import Attendance
import Capture
import Configuration
import Database
import Faces
import Glibc

/// What the configuration names beside itself, made ready for the start. What cannot be used ends with exit status 78.
struct NamedFiles {
    /// The configuration's own file, for messages.
    let path: String
    let configuration: TerminalConfiguration

    /// All that the start refuses because of these files, without opening a database or listening; nothing is made.
    /// - Returns: what the start would warn of.
    func check() throws(TerminalError) -> [String] {
        if let problem = StateFolder(configuration.state.directory).problem { throw refusal(problem) }
        try checkSource()
        _ = try fallback()
        let warnings = warnings(of: try openStages())
        _ = try serverLink()
        let key = configuration.templateKey()
        let folder = key.path.lastIndex(of: "/").map { String(key.path[...$0]) } ?? "."
        do throws(VaultError) {
            _ = try TemplateVault(keyFile: key.path, groupReadable: key.groupReadable)
        } catch {
            // The start makes a key where there is none yet.
            if case .keyMissing = error, !key.groupReadable, access(folder, W_OK) == 0 { return warnings }
            throw refusal("keys.template_key_file", "\(error)")
        }
        return warnings
    }

    /// The state folder, made if it is not there.
    func makeStateFolder() throws(TerminalError) {
        let folder = StateFolder(configuration.state.directory)
        if let problem = folder.problem ?? folder.make() { throw refusal(problem) }
    }

    /// What is played in place of a camera, opened as the capture opens it: a file that cannot be played cannot be played
    /// at the next start either. A camera need not be there at the start, and a pipe is not opened: that would wait for who
    /// writes into it, and take away what they write; what comes through it may be better the next time.
    func checkSource() throws(TerminalError) {
        let camera = configuration.camera
        guard camera.source != .v4l2, let path = camera.path, path != "-" else { return }
        do throws(CaptureError) {
            if camera.source == .y4m, [.other, .device].contains(PathFacts(of: path).kind) {
                guard access(path, R_OK) == 0 else { throw .noPermission(path: path, group: nil) }
                return
            }
            try SourceOpener(camera: camera, stop: try StopSignal()).open(onEvent: { _ in }, onAttempt: {}).close()
        } catch { throw refusal("camera.path", error.description) }
    }

    /// The policy until the first roster.
    func fallback() throws(TerminalError) -> SchoolTime {
        let policy = configuration.attendance
        do throws(AttendanceError) {
            return SchoolTime(policy: policy, zone: try ZoneFiles.rules(named: policy.timeZone))
        } catch {
            // Its own next step is about a policy that came from the server.
            if case .invalidPolicy(_, let reason) = error { throw refusal("attendance.time_zone", reason) }
            throw refusal("attendance.time_zone", "\(error)")
        }
    }

    /// The vision stages, over models that were checked, with the detector that is chosen.
    func openStages() throws(TerminalError) -> FaceDetector {
        let recognition = configuration.recognition
        do throws(FaceError) {
            let engine = try FaceEngine(models: configuration.models.pack)
            return try FaceDetector(
                engine: engine, kind: recognition.detector, cascade: recognition.haarCascade)
        } catch {
            if case .badCascade = error { throw refusal("recognition.haar_cascade", error.description) }
            throw refusal("models.pack", error.description)
        }
    }

    /// What is perhaps not meant so, and is taken nevertheless.
    func warnings(of stages: FaceDetector) -> [String] {
        guard let doubt = stages.cascadeDoubt else { return [] }
        let cascade = configuration.recognition.haarCascade
        return [
            "\(path): recognition.haar_cascade: \(cascade) may find no faces, or what is none: \(doubt); "
                + "haarcascade_frontalface_alt2.xml is for them"
        ]
    }

    /// The server, the token and the authority.
    func serverLink() throws(TerminalError) -> ServerLink {
        let server = configuration.server
        if let file = server.certificateAuthorityFile, let problem = AuthorityFile.problem(file) {
            throw refusal("server.ca_file", "\(file): \(problem); name the PEM file of the server's authority")
        }
        let token: BearerToken
        do {
            token = try BearerToken(configuration.token())
        } catch { throw refusal("server.token_file", "\(error)") }
        do {
            return ServerLink(
                address: try ServerAddress(server.url), token: token,
                authorityFile: server.certificateAuthorityFile, userAgent: "rollcalld/\(terminalVersion)")
        } catch { throw refusal("server.url", "\(error)") }
    }

    private func refusal(_ problem: StateFolder.Problem) -> TerminalError {
        let error = refusal("state.directory", problem.text)
        return problem.isLasting ? error : TerminalError(error.description, exitStatus: 1)
    }

    private func refusal(_ key: String, _ reason: String) -> TerminalError {
        .configuration("\(path): \(key): \(reason)")
    }
}
