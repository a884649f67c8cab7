extension [UInt8] {
    /// Makes at least `count` bytes; never gives memory back, so that a buffer reaches its size once.
    mutating func ensureCount(_ needed: Int) {
        if count < needed { self = [UInt8](repeating: 0, count: needed) }
    }

    /// Makes exactly `count` bytes, in the same memory where it suffices.
    mutating func setCount(_ wanted: Int) {
        if count > wanted {
            removeLast(count - wanted)
        } else if count < wanted {
            append(contentsOf: repeatElement(0, count: wanted - count))
        }
    }

    /// Copies all bytes of another buffer over the beginning of this one.
    mutating func overwrite(with other: [UInt8]) {
        ensureCount(other.count)
        withUnsafeMutableBytes { target in
            other.withUnsafeBytes { target.copyMemory(from: $0) }
        }
    }

    /// Copies a region of an interleaved RGB picture of `width` columns.
    mutating func copyRows(of region: PixelRectangle, from picture: [UInt8], width: Int) {
        let rowBytes = region.width * 3
        withUnsafeMutableBytes { target in
            picture.withUnsafeBytes { source in
                for row in 0..<region.height {
                    let start = ((region.top + row) * width + region.left) * 3
                    UnsafeMutableRawBufferPointer(rebasing: target[(row * rowBytes)...])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<start + rowBytes]))
                }
            }
        }
    }
}
