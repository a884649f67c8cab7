/// What can go wrong between a camera or a file and a frame. Each description is one line: what, where, and the next step.
public enum CaptureError: Error, Sendable, Equatable {
    /// The device file is missing. `present`: the cameras there are.
    case noSuchDevice(device: String, present: [String])
    /// The file is not a camera that frames can be captured from.
    case notACamera(device: String, reason: String)
    /// Another process streams from the camera. `holder`: its name and id, where `/proc` tells.
    case busy(device: String, holder: String?)
    /// The file or folder that was named is not there.
    case missing(path: String, isFolder: Bool)
    /// A folder was named where one picture is read.
    case isFolder(path: String)
    /// The device or file may not be opened. `group`: the group that may.
    case noPermission(path: String, group: String?)
    /// The camera offers nothing like what was asked for. `offered`: what it does offer.
    case formatNotSupported(device: String, wanted: String, offered: [String])
    /// The camera is open and silent.
    case noFrames(device: String, seconds: Int)
    /// The camera sends frames, and none of them is whole.
    case damagedFrames(device: String, seconds: Int, reason: String)
    /// The camera was unplugged, or its driver gave up.
    case deviceLost(device: String, reason: String)
    /// A stream is damaged or of an unknown kind. `position`: which frame or part of the file.
    case badStream(file: String, position: String, reason: String)
    /// A picture is damaged or of an unknown kind.
    case badImage(file: String, reason: String)
    /// A picture is larger than the limits allow.
    case imageTooLarge(file: String, reason: String)
    /// A folder has no picture in it.
    case noImages(folder: String)
    /// Colour was asked for outside the frame.
    case outsideFrame(region: PixelRectangle, width: Int, height: Int)
    /// The system refused an operation on a file.
    case io(operation: String, path: String, reason: String)
}

extension CaptureError {
    /// The kind of the error, in `snake_case`, for JSON and metrics. It stays the same while a fault lasts.
    public var name: String {
        switch self {
        case .noSuchDevice: "no_such_device"
        case .notACamera: "not_a_camera"
        case .busy: "busy"
        case .missing: "missing"
        case .isFolder: "is_folder"
        case .noPermission: "no_permission"
        case .formatNotSupported: "format_not_supported"
        case .noFrames: "no_frames"
        case .damagedFrames: "damaged_frames"
        case .deviceLost: "device_lost"
        case .badStream: "bad_stream"
        case .badImage: "bad_image"
        case .imageTooLarge: "image_too_large"
        case .noImages: "no_images"
        case .outsideFrame: "outside_frame"
        case .io: "io"
        }
    }
}

extension CaptureError: CustomStringConvertible {
    /// One line for the operator.
    public var description: String {
        switch self {
        case .noSuchDevice(let device, let present):
            let others = present.isEmpty ? "no camera is attached" : "present: " + present.joined(separator: ", ")
            return "no camera \(device) (\(others)): attach it, or name another one in camera.device"
        case .notACamera(let device, let reason):
            return "\(device) is not a usable camera: \(reason); list cameras with: v4l2-ctl --list-devices"
        case .busy(let device, let holder?):
            return "camera \(device) is in use by \(holder): stop that program"
        case .busy(let device, nil):
            return "camera \(device) is in use by another program: find it with: sudo fuser -v \(device)"
        case .missing(let path, let isFolder):
            return "\(path): there is no such \(isFolder ? "folder" : "file"); check its name"
        case .isFolder(let path):
            return "\(path): it is a folder; name the images in it, as \(path)/*.jpg"
        case .noPermission(let path, let group?):
            return
                "no permission to open \(path): add the user to the group \(group) (usermod -aG \(group) USER), the service "
                + "by SupplementaryGroups= of its unit"
        case .noPermission(let path, nil):
            return
                "no permission to open \(path): check its owner and mode, and DeviceAllow= of the unit if it is a camera"
        case .formatNotSupported(let device, let wanted, let offered):
            let more = offered.count > 24 ? " and \(offered.count - 24) more" : ""
            let list = offered.isEmpty ? "nothing" : offered.prefix(24).joined(separator: ", ") + more
            return "camera \(device) does not offer \(wanted): choose one of what it offers: \(list)"
        case .noFrames(let device, let seconds):
            return "no frame from \(device) for \(seconds) s: check its cable and power, or try another USB port"
        case .damagedFrames(let device, let seconds, let reason):
            return
                "only damaged frames from \(device) for \(seconds) s (\(reason)): try another cable or USB port, or set "
                + "camera.format"
        case .deviceLost(let device, let reason):
            return "camera \(device) is lost (\(reason)): check its cable; it is reopened when it comes back"
        case .badStream(let file, let position, let reason):
            return
                "\(file), \(position): \(reason); make the stream anew: ffmpeg -i CLIP -pix_fmt yuv420p -f yuv4mpegpipe -"
        case .badImage(let file, let reason):
            return "\(file) cannot be read as a picture: \(reason); save it again as JPEG or PNG"
        case .imageTooLarge(let file, let reason):
            return "\(file) is too large: \(reason); make it smaller"
        case .noImages(let folder):
            return "\(folder) has no picture in it: put .jpg, .png, .pgm or .ppm files there"
        case .outsideFrame(let region, let width, let height):
            return
                "\(region.width)x\(region.height) pixels at \(region.left),\(region.top) do not lie in a frame of "
                + "\(width)x\(height): this is a mistake in Rollcall, please report it"
        case .io(let operation, let path, let reason):
            return "cannot \(operation) \(path): \(reason); check that it exists, its permissions and the disk"
        }
    }
}
