import TestSupport

extension Picture {
    /// A picture of 400x300 with a face of about 62 pixels, too small for HOG and large enough for a cascade.
    static func withSmallFace() throws -> Picture {
        try Picture(portrait: "astronaut.png").transformed(scale: 0.58, canvas: (400, 300))
    }
}

/// A terminal's configuration with these lines in `[recognition]`.
func configuration(recognition lines: String) -> String {
    "[server]\nurl = \"https://a\"\n[recognition]\n\(lines)\n"
}
