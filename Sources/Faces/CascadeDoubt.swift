import CHaar

extension HaarDetector {
    /// What speaks against this cascade for faces from the front; nil where nothing does. It is a doubt and no refusal: a
    /// cascade file does not say what it was trained on, and one of one's own may have any name.
    public var doubt: String? {
        var (width, height): (Int32, Int32) = (0, 0)
        chaar_window(handle, &width, &height)
        guard width == height else {
            return "its window is \(width)x\(height) pixels, and that of a face from the front is square"
        }
        return Self.doubt(ofName: path)
    }

    /// OpenCV names its cascades `haarcascade_WHAT.xml`, for faces from the front `haarcascade_frontalface_…`.
    static func doubt(ofName path: String) -> String? {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        let (front, ending) = ("haarcascade_", ".xml")
        guard name.hasPrefix(front), name.hasSuffix(ending), name.count > front.count + ending.count else { return nil }
        let what = name.dropFirst(front.count).dropLast(ending.count)
        return what.hasPrefix("frontalface") ? nil : "by its name it is for \"\(what)\", not for faces from the front"
    }
}
