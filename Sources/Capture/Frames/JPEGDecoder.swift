import CImages

/// libturbojpeg for one thread, kept from picture to picture.
package final class JPEGDecoder {
    private var handle: UnsafeMutableRawPointer?

    package init() {}

    deinit { images_jpeg_destroy(handle) }

    func header(_ bytes: UnsafeBufferPointer<UInt8>, file: @autoclosure () -> String) throws(CaptureError)
        -> images_header
    {
        let handle = try opened()
        var header = images_header()
        var reason = ReasonBuffer()
        guard reason.write({ images_jpeg_header(handle, bytes.baseAddress, bytes.count, &header, $0) }) == 0 else {
            throw .badImage(file: file(), reason: reason.text)
        }
        return header
    }

    /// Decodes a picture of exactly the size given into the first `width * height * colour` bytes of `pixels`.
    func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, width: Int, height: Int, colour: images_colour,
        into pixels: UnsafeMutableBufferPointer<UInt8>, file: @autoclosure () -> String
    ) throws(CaptureError) {
        let handle = try opened()
        var reason = ReasonBuffer()
        let result = reason.write {
            images_jpeg_decode(
                handle, bytes.baseAddress, bytes.count, Int32(width), Int32(height), colour, pixels.baseAddress,
                pixels.count, $0)
        }
        guard result == 0 else { throw .badImage(file: file(), reason: reason.text) }
    }

    private func opened() throws(CaptureError) -> UnsafeMutableRawPointer {
        if let handle { return handle }
        handle = images_jpeg_create()
        guard let handle else { throw .io(operation: "start", path: "libturbojpeg", reason: "memory is out") }
        return handle
    }
}

/// Where a function of CImages writes the reason of its failure. On the stack: a camera's damaged frame costs no allocation.
struct ReasonBuffer {
    private var storage = InlineArray<200, CChar>(repeating: 0)

    mutating func write(_ body: (UnsafeMutablePointer<CChar>) -> Int32) -> Int32 {
        var span = storage.mutableSpan
        return span.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return -1 }
            return body(start)
        }
    }

    var text: String {
        storage.span.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
