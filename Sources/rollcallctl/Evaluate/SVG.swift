/// A drawing in the making: the few elements of SVG 1.1 that a chart needs. Lengths are in pixels, from the upper left.
struct SVG {
    private var body: [String] = []
    private let width: Int
    private let height: Int
    private let title: String

    /// A white sheet; the title is for who does not see it.
    init(width: Int, height: Int, title: String) {
        self.width = width
        self.height = height
        self.title = title
    }

    /// The document.
    var text: String {
        ([
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
                + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\">",
            "<title>\(Self.escaped(title))</title>",
            "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>",
        ] + body + ["</svg>", ""]).joined(separator: "\n")
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
        body.append(
            "<line x1=\"\(fixed(x1, 1))\" y1=\"\(fixed(y1, 1))\" x2=\"\(fixed(x2, 1))\" y2=\"\(fixed(y2, 1))\" \(style)/>"
        )
    }

    mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String) {
        body.append(
            "<rect x=\"\(fixed(x, 1))\" y=\"\(fixed(y, 1))\" width=\"\(fixed(width, 1))\" height=\"\(fixed(height, 1))\" "
                + "\(style)/>")
    }

    mutating func circle(_ x: Double, _ y: Double, radius: Double, _ style: String) {
        body.append("<circle cx=\"\(fixed(x, 1))\" cy=\"\(fixed(y, 1))\" r=\"\(fixed(radius, 1))\" \(style)/>")
    }

    /// A line through points, or an area between them.
    mutating func path(_ points: [(x: Double, y: Double)], isClosed: Bool = false, _ style: String) {
        guard !points.isEmpty else { return }
        let steps = points.enumerated().map { "\($0 == 0 ? "M" : "L")\(fixed($1.x, 1)) \(fixed($1.y, 1))" }
        body.append("<path d=\"\(steps.joined(separator: " "))\(isClosed ? " Z" : "")\" \(style)/>")
    }

    /// - Parameter anchor: `start`, `middle` or `end`.
    mutating func label(
        _ text: String, _ x: Double, _ y: Double, anchor: String = "start", size: Int = 13, _ style: String = ""
    ) {
        body.append(
            "<text x=\"\(fixed(x, 1))\" y=\"\(fixed(y, 1))\" text-anchor=\"\(anchor)\" font-size=\"\(size)\" "
                + "fill=\"#222222\" \(style)>\(Self.escaped(text))</text>")
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
