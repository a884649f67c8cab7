// sources: Sources/CImages/*.c Sources/CV4L2/*.c Sources/Capture/*.swift Sources/Capture/*/*.swift | flags: -ISources/CImages/include -ISources/CV4L2/include | libs: -lturbojpeg -lpng16 -lexif -lv4lconvert | modules: CImages CV4L2 | seeds: jpeg png pnm

/// Any bytes as the file of a picture: no crash, and a frame that is whole or an error.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPictures(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let limits = ImageLimits(bytes: 1 << 20, pixels: 1 << 16)
    let file = Array(UnsafeBufferPointer(start: bytes, count: count))
    guard let frame = try? ImageFile.load(bytes: file, limits: limits) else { return 0 }
    var rgb: [UInt8] = []
    try? frame.copyRGB(PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), into: &rgb)
    precondition(rgb.count == frame.width * frame.height * 3)
    precondition(frame.withLuma { $0.count } == frame.width * frame.height)
    return 0
}
