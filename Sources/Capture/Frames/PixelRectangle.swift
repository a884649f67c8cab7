/// A rectangle of whole pixels. Its right and bottom edges lie outside it.
public struct PixelRectangle: Sendable, Equatable, Hashable {
    /// Column of the leftmost pixels.
    public var left: Int
    /// Row of the topmost pixels.
    public var top: Int
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// A rectangle from its left upper pixel and its size, all in pixels.
    public init(left: Int, top: Int, width: Int, height: Int) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }

    /// Whether the rectangle has pixels and all of them lie in a picture of `width` × `height`.
    func fits(width frameWidth: Int, height frameHeight: Int) -> Bool {
        left >= 0 && top >= 0 && width > 0 && height > 0
            && width <= frameWidth && left <= frameWidth - width
            && height <= frameHeight && top <= frameHeight - height
    }
}
