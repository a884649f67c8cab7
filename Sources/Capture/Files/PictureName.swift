/// Which files of a folder are meant as pictures, by their names.
public enum PictureName {
    /// Endings of what is read.
    static let read: Set<String> = ["jpg", "jpeg", "png", "pgm", "ppm", "pnm"]
    /// Endings of pictures that a camera, a phone or a web page makes and that are not read, unless their content is of
    /// a kind that is: it decides.
    private static let others: Set<String> = [
        "arw", "avif", "bmp", "cr2", "cr3", "dng", "gif", "heic", "heif", "jfif", "jpe", "jp2", "jxl", "nef", "tif",
        "tiff", "webp",
    ]

    /// Whether a file of this name is a photograph to whoever put it there: it is enrolled, or refused with the reason, and
    /// never passed over. Hidden files are none.
    public static func isPicture(_ name: String) -> Bool {
        let ending = ending(of: name)
        return !name.hasPrefix(".") && (read.contains(ending) || others.contains(ending))
    }

    /// What follows the last dot, in small letters.
    static func ending(of name: String) -> String {
        name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
    }
}
