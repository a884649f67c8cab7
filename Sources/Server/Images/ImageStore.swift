import FoundationEssentials

/// Where images rest. What is in it nobody knows without the database, which has the image's place and its person.
enum ImageStore: Sendable {
    /// A folder of this machine.
    case folder(SealedFolder)
    /// Cloudinary's service.
    case cloudinary(Cloudinary)

    /// A place for a new image: 128 random bits, which tell nothing.
    static func newPlace() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in String(random.next() as UInt64, radix: 16) }.map { digits in
            String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Whether `newPlace` could have made it: whoever changes the database must not lead the server to another file.
    static func isPlace(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || 97...102 ~= $0 }
    }

    /// What the database has beside a place, so that an image in the other store is not looked for here.
    var kind: ImagesConfiguration.Kind {
        switch self {
        case .folder: .folder
        case .cloudinary: .cloudinary
        }
    }

    /// Stores a JPEG. It blocks.
    func put(_ jpeg: [UInt8], at place: String, of person: UUID) throws(ImageError) {
        switch self {
        case .folder(let folder): try folder.put(jpeg, at: place, of: person)
        case .cloudinary(let cloudinary): try cloudinary.upload(jpeg, as: place)
        }
    }

    /// The JPEG at a place. It blocks.
    func get(_ place: String, of person: UUID) throws(ImageError) -> [UInt8] {
        guard Self.isPlace(place) else { throw .damaged("its place is none") }
        return switch self {
        case .folder(let folder): try folder.get(place, of: person)
        case .cloudinary(let cloudinary): try cloudinary.download(place)
        }
    }

    /// Deletes what is at a place; nothing there is well. It blocks.
    func delete(_ place: String) throws(ImageError) {
        guard Self.isPlace(place) else { throw .damaged("its place is none") }
        switch self {
        case .folder(let folder): try folder.delete(place)
        case .cloudinary(let cloudinary): try cloudinary.destroy(place)
        }
    }
}

/// Why an image cannot be stored, read or deleted. No case holds a secret.
enum ImageError: Error, Equatable, CustomStringConvertible {
    /// The store has no such image.
    case missing
    /// What is stored was changed, or sealed with another key.
    case damaged(String)
    /// The store cannot be used now.
    case unavailable(String)
    /// The service does not want it.
    case refused(String)

    var description: String {
        switch self {
        case .missing: "the store of images has no such image"
        case .damaged(let reason): "a stored image cannot be read: \(reason)"
        case .unavailable(let reason): "the store of images cannot be used: \(reason)"
        case .refused(let reason): "the store of images refuses: \(reason); check [images.cloudinary]"
        }
    }
}
