import Capture
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// The profile image of a person, for those whom `Access` lets.
struct ImageRoutes: Sendable {
    let database: DatabaseThread
    let images: ProfileImages
    let vision: VisionThread

    /// The longer side of a stored image, in pixels.
    static let longestSide = 1024

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/users/{user_id}/image", use: read)
        router.put("/users/{user_id}/image", use: set)
        router.delete("/users/{user_id}/image", use: remove)
    }

    @Sendable
    private func read(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try context.authenticatedCaller()
        let id = try context.id("user_id")
        _ = try await database.person(id, for: caller, .readImage)
        guard let jpeg = try await images.read(of: id) else { throw Problem.notFound }
        // Nothing that a browser could take for a page of this server, nor keep for the next person at the machine.
        return Response(
            status: .ok,
            headers: [
                .contentType: Photograph.Kind.jpeg.rawValue, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
                .contentDisposition: "inline; filename=\"\(id.lowercased).jpg\"",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: jpeg)))
    }

    /// The picture is made anew out of its pixels: what a camera wrote into the file about places and times, and
    /// whatever else it holds, stays outside.
    @Sendable
    private func set(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        let id = try context.id("user_id")
        _ = try await database.person(id, for: caller, .changeImage)
        let sender = caller.id.lowercased
        let jpeg = try await vision.inbox.withPhotograph(in: request, from: sender, for: .image) { bytes in
            try await vision.withPlace(for: .image) {
                try await vision.run {
                    try JPEGFile.encode(try Photograph.decode(bytes), longestSide: Self.longestSide)
                }
            }
        }
        guard try await images.set(jpeg, of: id, by: .person(caller.id)) else { throw Problem.notFound }
        await images.sweep(context.logger)
        return NoContent()
    }

    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        let id = try context.id("user_id")
        _ = try await database.person(id, for: caller, .changeImage)
        guard try await images.remove(of: id, by: .person(caller.id)) else { throw Problem.notFound }
        await images.sweep(context.logger)
        return NoContent()
    }
}
