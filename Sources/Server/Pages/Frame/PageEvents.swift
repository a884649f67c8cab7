import HTTPTypes
import Hummingbird
import NIOCore

/// Tells a page that what it shows has changed, by server-sent events (WHATWG HTML, section 9.2). The page then asks for
/// the changed part: who may see it is decided there, anew each time.
///
/// A stream ends by itself before the server's limit for an answer; the browser begins another.
struct PageEvents: Sendable {
    /// How often it is looked whether something has changed.
    static let interval = Duration.seconds(1)
    /// How long one stream lasts, and so for how long a login that has ended may still be told that there is news.
    static let length = Duration.seconds(45)
    /// Streams together and for one person.
    private let places = FairPlaces(together: 500, each: 12)

    /// A stream that says `changed` each time when `stamp` is another than before.
    /// - Parameters:
    ///   - before: the stamp of the page; with an empty one, which is like none, the page is made anew once, so that nothing
    ///     is missed that happened since it was made, or while there was no connection.
    ///   - stamp: what stands for all that the page shows; it is asked for every second.
    func stream(
        for visitor: Visitor, from before: String = "", in database: DatabaseThread,
        _ stamp: @escaping @Sendable (ServerDatabase) throws(ServerError) -> String
    ) throws(Problem) -> Response {
        let places = places
        let person = visitor.caller.id.uuidString
        // A browser that is told so before the stream begins tries again by itself.
        guard places.hasPlace(for: person) else { throw .tooManyPages }
        let body = ResponseBody { writer in
            try await places.hold(for: person, otherwise: .tooManyPages) {
                let end = ContinuousClock.now + Self.length
                // A browser waits two seconds before it begins another.
                try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                var last = before
                var quiet = 0
                while ContinuousClock.now < end {
                    try await Task.sleep(for: Self.interval)
                    let now = try await database.run(stamp)
                    quiet += 1
                    if now != last {
                        try await writer.write(ByteBuffer(string: "event: changed\ndata: \n\n"))
                        (last, quiet) = (now, 0)
                    } else if quiet >= 3 {
                        try await writer.write(ByteBuffer(string: ": still here\n\n"))
                        quiet = 0
                    }
                }
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }
}

extension Problem {
    static let tooManyPages = Problem(
        status: .serviceUnavailable, detail: "Too many pages that follow what happens are open. Close some of them.",
        headers: [.retryAfter: "5"])
}
