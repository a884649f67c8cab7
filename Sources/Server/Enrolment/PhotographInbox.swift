import HTTPTypes
import Hummingbird

/// Takes in the pictures that people send, before they take a place at the `VisionThread`: who sends slowly keeps a place
/// here, which nobody has for long, and none there. A picture is in memory only while it has a place, so all of them
/// together have at most their number times the largest picture, 200 MiB.
final class PhotographInbox: Sendable {
    private let patience: Duration
    private let places: [VisionThread.Visitor: FairPlaces]

    /// - Parameter patience: how long a picture may take on its way.
    init(patience: Duration = .seconds(20)) {
        self.patience = patience
        places = Dictionary(
            uniqueKeysWithValues: VisionThread.Visitor.allCases.map { visitor in
                (visitor, FairPlaces(together: visitor.pictures, each: visitor.picturesOfOne))
            })
    }

    /// How many pictures are in memory or on their way.
    func count(of visitor: VisionThread.Visitor) -> Int { places[visitor]?.count ?? 0 }

    /// Reads the picture in a request and runs the body with it.
    /// - Parameter sender: who sends it: a person's id, or a network where nobody is logged in.
    /// - Throws: a problem: 503 where all places, or all of this sender, are taken; 408 for a picture that comes too
    ///   slowly; those of `Request.photograph`; and what the body throws.
    func withPhotograph<Result>(
        in request: Request, from sender: String, for visitor: VisionThread.Visitor,
        _ body: ([UInt8]) async throws -> Result
    ) async throws -> Result {
        guard let places = places[visitor] else { throw Problem.busy }
        return try await places.hold(for: sender, otherwise: .busy) {
            let photograph = try await read(request)
            return try await body(photograph)
        }
    }

    private func read(_ request: Request) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8]?.self) { [patience] group in
            defer { group.cancelAll() }
            group.addTask { try await request.photograph() }
            group.addTask {
                try await Task.sleep(for: patience)
                return nil
            }
            guard let first = try await group.next(), let photograph = first else { throw Problem.tooSlow(patience) }
            return photograph
        }
    }
}

extension VisionThread.Visitor {
    /// How many pictures may be in memory at a time, with those that are still on their way.
    fileprivate var pictures: Int {
        switch self {
        case .staff, .image: 6
        case .upload: 8
        }
    }

    /// How many of them may be one sender's. The door's limit per minute lets slow clients of one network have about two
    /// at all times.
    fileprivate var picturesOfOne: Int {
        switch self {
        case .staff: 6
        case .image: 2
        case .upload: 3
        }
    }
}

extension Problem {
    static func tooSlow(_ patience: Duration) -> Problem {
        Problem(
            status: .requestTimeout,
            detail: "The picture did not come within \(patience.components.seconds) seconds.",
            headers: [.connection: "close"])
    }
}
