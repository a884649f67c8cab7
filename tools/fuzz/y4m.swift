// sources: Sources/CImages/*.c Sources/CV4L2/*.c Sources/Capture/*.swift Sources/Capture/*/*.swift | flags: -ISources/CImages/include -ISources/CV4L2/include | libs: -lturbojpeg -lpng16 -lexif -lv4lconvert | modules: CImages CV4L2 | seeds: y4m
import Glibc

private let path = "/tmp/rollcall-fuzz-\(getpid()).y4m"
private let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
private let removal: Void = { _ = atexit { unlink(path) } }()

/// Any bytes as a Y4M stream: no crash, and frames that are whole until the end or an error.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzY4M(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    _ = removal
    precondition(ftruncate(file, 0) == 0 && pwrite(file, bytes, count, 0) == count)
    guard let source = try? Y4MStream(path: path, pace: .fullSpeed) else { return 0 }
    let frame = Frame()
    var rgb: [UInt8] = []
    while (try? source.next(into: frame)) == true {
        precondition(frame.width == source.description.width && frame.height == source.description.height)
        let corner = PixelRectangle(left: frame.width - 9, top: frame.height - 9, width: 9, height: 9)
        precondition((try? frame.copyRGB(corner, into: &rgb)) != nil && rgb.count == 243)
    }
    return 0
}
