import Capture
import TestSupport
import Testing

@testable import Terminal

@Suite struct CameraCheckTests {
    private let modes = ["YUYV", "MJPG"].flatMap { format in
        [(160, 120), (1280, 720), (640, 480)].map { size in
            CameraMode(
                format: FourCC(format) ?? FourCC(code: 0), width: size.0, height: size.1, interval: FrameInterval(1, 30)
            )
        }
    }

    private func check(
        _ offered: Result<[CameraMode], CaptureError>, options: CameraOptions = CameraOptions(),
        daemon: CameraStatus? = nil
    ) -> Finding {
        CameraCheck(options: options, offered: offered, daemon: daemon, user: "teacher").finding
    }

    @Test func whatIsOfferedIsSummedUpAndTheChoiceNamed() {
        let finding = check(.success(modes))
        #expect(finding.verdict == .ok)
        #expect(finding.found.contains("YUYV 160x120 to 1280x720, MJPG 160x120 to 1280x720"))
        #expect(finding.found.contains("YUYV 1280x720 30"))
    }

    @Test func aFormatThatIsNotOfferedFails() {
        let finding = check(.success(modes), options: CameraOptions(format: FourCC("NV12")))
        #expect(finding.verdict == .failed)
        #expect(finding.found.contains("YUYV"))
        #expect(finding.nextStep?.contains("[camera]") == true)
    }

    @Test func aMissingPermissionNamesUserAndGroup() {
        let finding = check(.failure(.noPermission(path: "/dev/video0", group: "video")))
        #expect(finding.verdict == .failed)
        #expect(finding.found.contains("teacher") && finding.found.contains("group video"))
        #expect(finding.nextStep?.contains("usermod -aG video") == true)
    }

    @Test func aCameraThatTheDaemonUsesIsFine() {
        let daemon = healthyStatus().camera
        for error in [
            CaptureError.busy(device: "/dev/video0", holder: "rollcalld (process 7)"),
            .noPermission(path: "/dev/video0", group: "video"),
        ] {
            let finding = check(.failure(error), daemon: daemon)
            #expect(finding.verdict == .ok)
            #expect(finding.found.contains("YUYV 1280x720"))
        }
    }

    @Test func aCameraThatAnotherProgramUsesFails() {
        let finding = check(.failure(.busy(device: "/dev/video0", holder: "cheese (process 7)")))
        #expect(finding.verdict == .failed)
        #expect(finding.found.contains("cheese (process 7)"))
    }

    @Test(arguments: [CameraStatus.State.dark, .frozen, .noFrames, .lost])
    func whatTheDaemonSeesComesFirst(state: CameraStatus.State) {
        var daemon = CameraStatus()
        daemon.state = state
        daemon.reason = "the daemon's reason"
        let finding = check(.success(modes), daemon: daemon)
        #expect(finding.verdict == .failed)
        #expect(finding.found == "the daemon's reason")
    }

    @Test func aLostCameraIsNotAlwaysAMatterOfItsCable() {
        var daemon = CameraStatus()
        daemon.state = .lost
        daemon.reason = CaptureError.noPermission(path: "/dev/video0", group: "video").description
        let finding = check(.success(modes), daemon: daemon)
        #expect(finding.found.contains("SupplementaryGroups="))
        #expect(finding.nextStep?.contains("cable") == false)
    }

    @Test func aDeviceThatIsNotThereIsFoundMissingByTheRealCheck() {
        let options = CameraOptions(device: "/dev/no-such-camera")
        let finding = CameraCheck(options: options, daemon: nil).finding
        #expect(finding.verdict == .failed)
        #expect(finding.found.contains("no camera /dev/no-such-camera"))
    }
}

@Suite struct SourceCheckTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func check(_ path: String?, wantsFolder: Bool) -> Verdict {
        SourceCheck(facts: path.map { PathFacts(of: $0) }, wantsFolder: wantsFolder, daemon: nil).finding.verdict
    }

    @Test func aStreamIsAFileAndImagesAreAFolder() throws {
        let stream = try folder.write("arrivals.y4m", "YUV4MPEG2")
        #expect(check(stream, wantsFolder: false) == .ok)
        #expect(check(stream, wantsFolder: true) == .failed)
        #expect(check(folder.path, wantsFolder: true) == .ok)
        #expect(check(folder.path, wantsFolder: false) == .failed)
        #expect(check(folder.file("none"), wantsFolder: false) == .failed)
        #expect(check(nil, wantsFolder: false) == .ok)
    }
}
