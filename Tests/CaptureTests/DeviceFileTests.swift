import Glibc
import TestSupport
import Testing

@testable import Capture

@Suite struct DeviceFileTests {
    private func refusal(of device: String) -> CaptureError? {
        do throws(CaptureError) {
            _ = try V4L2Camera(CameraOptions(device: device))
            return nil
        } catch {
            return error
        }
    }

    @Test func whatIsNoCamera() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("file", "no device")
        #expect(refusal(of: "/dev/null") == .notACamera(device: "/dev/null", reason: "it is not a video device"))
        #expect(refusal(of: file) == .notACamera(device: file, reason: "it is not a device"))
        #expect(refusal(of: folder.path) == .notACamera(device: folder.path, reason: "it is a folder"))
        #expect(throws: CaptureError.self) { try V4L2Camera.modes(of: CameraOptions(device: "/dev/null")) }
    }

    @Test func aMissingCameraNamesTheOnesThereAre() throws {
        let missing = "/dev/rollcall-no-such-camera"
        #expect(refusal(of: missing) == .noSuchDevice(device: missing, present: DeviceFile.cameras()))
        #expect(refusal(of: "/dev/null/video0")?.name == "no_such_device")
        #expect(DeviceFile.cameras().allSatisfy { $0.hasPrefix("/dev/video") })
    }

    @Test(.enabled(if: geteuid() != 0, "root may open everything"))
    func aForbiddenDeviceNamesItsGroup() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("file", "no device", mode: 0o060)
        let error = try #require(refusal(of: file))
        guard case .noPermission(file, let group?) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.description.contains("usermod -aG \(group)"))
    }

    @Test func theProcessThatHoldsADeviceIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("held", "x")
        #expect(DeviceFile.holder(of: path) == nil)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0)
        var sleeper = pid_t()
        let arguments = [strdup("sleep"), strdup("1000"), nil]
        defer { arguments.forEach { free($0) } }
        try #require(posix_spawn(&sleeper, "/bin/sleep", &actions, nil, arguments, nil) == 0)
        defer {
            kill(sleeper, SIGKILL)
            waitpid(sleeper, nil, 0)
        }
        let holder = try #require(DeviceFile.holder(of: path))
        #expect(holder == "sleep (process \(sleeper))")
        #expect(CaptureError.busy(device: "/dev/video0", holder: holder).description.contains(holder))
    }

    @Test func everyErrorIsOneLineWithANextStep() {
        let errors: [CaptureError] = [
            .noSuchDevice(device: "d", present: ["e"]), .notACamera(device: "d", reason: "r"),
            .busy(device: "d", holder: "h"),
            .busy(device: "d", holder: nil), .noPermission(path: "p", group: "video"),
            .noPermission(path: "p", group: nil),
            .formatNotSupported(device: "d", wanted: "w", offered: (0..<50).map(String.init)),
            .noFrames(device: "d", seconds: 3),
            .damagedFrames(device: "d", seconds: 3, reason: "r"), .deviceLost(device: "d", reason: "r"),
            .badStream(file: "f", position: "p", reason: "r"), .badImage(file: "f", reason: "r"),
            .imageTooLarge(file: "f", reason: "r"), .noImages(folder: "f"),
            .outsideFrame(region: PixelRectangle(left: 0, top: 0, width: 1, height: 1), width: 1, height: 1),
            .io(operation: "o", path: "p", reason: "r"), .missing(path: "p", isFolder: true), .isFolder(path: "p"),
        ]
        for error in errors {
            #expect(!error.description.contains("\n"))
            #expect(error.description.contains(":") || error.description.contains(";"), "\(error.description)")
        }
        #expect(Set(errors.map(\.name)).count == errors.count - 2)
        #expect(errors[6].description.hasSuffix("22, 23 and 26 more"))
    }
}
