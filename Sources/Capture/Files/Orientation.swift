import CImages

/// How a camera was held, as EXIF says it: what must be done to the stored rows to see the picture upright.
enum Orientation: Int32, CaseIterable {
    case upright = 1
    case mirrored = 2
    case upsideDown = 3
    case mirroredUpsideDown = 4
    case transposed = 5
    case turnRight = 6
    case transposedAcross = 7
    case turnLeft = 8

    init(exif jpeg: UnsafeBufferPointer<UInt8>) {
        self = Orientation(rawValue: images_exif_orientation(jpeg.baseAddress, jpeg.count)) ?? .upright
    }

    /// Whether width and height change places.
    var swapsSides: Bool { rawValue >= 5 }

    /// The picture upright.
    func applied(to pixels: [UInt8], width: Int, height: Int, channels: Int) -> [UInt8] {
        let columns = swapsSides ? height : width
        let rows = swapsSides ? width : height
        // Walking over the new picture, the old one is walked from `start` by `right` and `down`.
        let (start, right, down): (Int, Int, Int) =
            switch self {
            case .upright: (0, 1, width)
            case .mirrored: (width - 1, -1, width)
            case .upsideDown: (width * height - 1, -1, -width)
            case .mirroredUpsideDown: (width * (height - 1), 1, -width)
            case .transposed: (0, width, 1)
            case .turnRight: (width * (height - 1), -width, 1)
            case .transposedAcross: (width * height - 1, -width, -1)
            case .turnLeft: (width - 1, width, -1)
            }
        return [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
            var at = 0
            for row in 0..<rows {
                var source = (start + row * down) * channels
                for _ in 0..<columns {
                    for channel in 0..<channels { target[at + channel] = pixels[source + channel] }
                    at += channels
                    source += right * channels
                }
            }
            count = at
        }
    }
}
