import CQREncode

/// A QR code (ISO/IEC 18004) of a text, made by libqrencode.
struct QRCode: Sendable, Equatable {
    /// Modules on a side.
    let width: Int
    /// Row by row, true for a dark one.
    let modules: [Bool]

    /// The white edge that readers need, in modules (ISO/IEC 18004, section 6.3.8).
    static let edge = 4

    /// The smallest code that holds the text and can be read with 15 % of it lost (level M), as on a screen with a glare;
    /// nil for an empty text, and for one that is too long for any code (some 2,300 bytes).
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty,
            let code = QRcode_encodeData(Int32(clamping: bytes.count), bytes, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        self.width = width
        // The lowest bit of each byte is the module; the others say which part of the code it belongs to.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
    }

    /// The code as a picture of any size: dark on white whatever the page's colours are, since not every reader takes it
    /// the other way round. What it says must stand beside it as text.
    var svg: String {
        let side = width + 2 * Self.edge
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while column < width, modules[row * width + column] { column += 1 }
                if column > start {
                    path += "M\(start + Self.edge) \(row + Self.edge)h\(column - start)v1h-\(column - start)z"
                }
                column += 1
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges" \
            aria-hidden="true" focusable="false"><rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path d="\(path)" fill="#000"/></svg>
            """
    }
}
