import CHaar
import Capture

/// Viola and Jones's detector on a cascade in OpenCV's XML. Its boxes are those of OpenCV 4.6's `detectMultiScale`. It
/// keeps buffers between calls: one detector serves one thread.
public final class HaarDetector {
    /// How the search is made.
    public struct Options: Sendable, Equatable {
        /// From one window's side to the next larger one's (1.01 to 10). OpenCV's own default.
        public var scaleFactor = 1.1
        /// Windows that must agree on a face, less one. OpenCV's own default.
        public var neighbours = 3

        /// The defaults.
        public init() {}
    }

    /// A face as the cascade frames it, and how many windows agreed on it.
    public struct Face: Sendable, Equatable {
        /// In pixels of the frame.
        public var rectangle: PixelRectangle
        /// Windows.
        public var neighbours: Int
    }

    /// Where Debian's package opencv-data has the cascade that the documentation recommends.
    public static let standardCascade = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml"

    let handle: OpaquePointer
    /// The cascade's file.
    let path: String
    private let options: Options
    private var boxes = [chaar_box](repeating: chaar_box(), count: 256)

    /// Reads the cascade; some milliseconds. Throws `.badCascade`.
    public init(cascade path: String, options: Options = Options()) throws(FaceError) {
        var opened: OpaquePointer?
        var message = [CChar](repeating: 0, count: 256)
        guard chaar_open(path, &opened, &message, message.count) == CHAAR_OK, let opened else {
            throw .badCascade(path: path, reason: text(message))
        }
        handle = opened
        self.path = path
        self.options = options
    }

    deinit { chaar_close(handle) }

    /// Frontal faces, in OpenCV's order.
    /// - Parameters:
    ///   - minimumSide: side of the least window in pixels; 0 is the cascade's own.
    ///   - region: the part of the frame that is searched, as if it were the frame; nil for all of it.
    public func detect(
        in frame: Frame, minimumSide: Int = 0, region: PixelRectangle? = nil
    ) throws(FaceError) -> [Face] {
        var count = 0
        var search = chaar_search(
            scale_factor: options.scaleFactor, min_neighbours: Int32(clamping: options.neighbours),
            min_side: Int32(clamping: max(0, minimumSide)), max_side: 0, left: 0, top: 0, width: 0, height: 0)
        if let region {
            search.left = Int32(clamping: region.left)
            search.top = Int32(clamping: region.top)
            search.width = Int32(clamping: region.width)
            search.height = Int32(clamping: region.height)
        }
        let status = frame.withLuma { luma in
            let image = chaar_image(
                pixels: luma.baseAddress, width: Int32(clamping: frame.width), height: Int32(clamping: frame.height),
                stride: Int32(clamping: frame.lumaStride))
            return chaar_detect(handle, image, &search, &boxes, boxes.count, &count)
        }
        switch status {
        case CHAAR_OK: break
        case CHAAR_BAD_ARGUMENT: throw .failed(stage: "Haar detection", reason: "the frame or the region cannot be")
        default: throw .failed(stage: "Haar detection", reason: "out of memory")
        }
        return boxes[..<count].map { box in
            Face(
                rectangle: PixelRectangle(
                    left: Int(box.left), top: Int(box.top), width: Int(box.width), height: Int(box.height)),
                neighbours: Int(box.neighbours))
        }
    }
}
