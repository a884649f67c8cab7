import Capture
import HTTPTypes
import Hummingbird

/// A picture that somebody sends as the body of a request. What it costs is bounded before it is read, and again before
/// it is decoded.
enum Photograph {
    /// What a picture may be: the file, and its pixels once decoded (75 MB of RGB).
    static let limits = ImageLimits(bytes: 10 << 20, pixels: 25_000_000)

    /// What is taken.
    enum Kind: String, CaseIterable {
        case jpeg = "image/jpeg"
        case png = "image/png"

        fileprivate var beginning: [UInt8] {
            switch self {
            case .jpeg: [0xFF, 0xD8, 0xFF]
            case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            }
        }
    }

    /// Decodes a picture.
    /// - Throws: 413 for too many pixels, 422 for what is damaged, or made to cost much time.
    static func decode(_ bytes: [UInt8]) throws(Problem) -> Frame {
        guard !bytes.starts(with: Kind.jpeg.beginning) || JPEGScans.count(in: bytes) <= JPEGScans.most else {
            throw .unusable("The picture has more than \(JPEGScans.most) scans; save it as an ordinary JPEG.")
        }
        do {
            return try ImageFile.load(bytes: bytes, name: "the picture", limits: limits)
        } catch .imageTooLarge {
            throw Problem(
                status: .contentTooLarge, detail: "The picture has more than \(limits.pixels) pixels; make it smaller.")
        } catch {
            throw .unusable(error.description)
        }
    }
}

extension Request {
    /// Reads a picture from the body, without decoding it.
    /// - Throws: a problem: 415 for another media type, 413 for too many bytes, 400 where the bytes are something else.
    func photograph() async throws -> [UInt8] {
        guard let kind = mediaType.flatMap(Photograph.Kind.init(rawValue:)), headers[.contentEncoding] == nil else {
            throw Problem.noPhotograph
        }
        let bytes = Array(try await wholeBody(limit: Photograph.limits.bytes).readableBytesView)
        guard bytes.starts(with: kind.beginning) else {
            throw Problem.badRequest("The body is no \(kind.rawValue), whatever its header says.")
        }
        return bytes
    }
}

extension Problem {
    static let noPhotograph: Problem = {
        let kinds = Photograph.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        return Problem(
            status: .unsupportedMediaType, detail: "The body must be one of \(kinds), without a content encoding.",
            headers: [.accept: kinds])
    }()

    /// A picture, or what it shows, that cannot be used.
    static func unusable(_ detail: String) -> Problem {
        Problem(status: .unprocessableContent, detail: String(detail.prefix(400)))
    }
}
