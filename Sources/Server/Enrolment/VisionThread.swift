import Dispatch
import Faces
import HTTPTypes
import Synchronization

/// Looks at one picture after another, away from everything else, with one engine that is opened when the first
/// needs it, and tried again with each until it can be: models that were mended need no restart. Whoever finds the queue full is sent away. Memory is bounded: by the places of the inbox, where pictures
/// come in, and by one decoded picture.
final class VisionThread: Sendable {
    /// Who waits: staff who enrol, everybody with a profile image, and the open door. Each has places of its own, so that
    /// none keeps another out.
    enum Visitor: Hashable, CaseIterable {
        case staff, image, upload

        /// How many may wait or be served at a time.
        var places: Int {
            switch self {
            case .staff: 6
            case .image, .upload: 4
            }
        }
    }

    /// Where pictures come in.
    let inbox: PhotographInbox
    private let models: ModelPack
    private let queue = DispatchQueue(label: "rollcall.vision", qos: .utility)
    private let engine = Mutex<FaceEngine?>(nil)
    private let taken = Mutex<[Visitor: Int]>([:])

    init(models: ModelPack, inbox: PhotographInbox = PhotographInbox()) {
        self.models = models
        self.inbox = inbox
    }

    /// Runs the body while it holds a place.
    /// - Throws: 503 when all places are taken, and what the body throws.
    func withPlace<Result>(for visitor: Visitor, _ body: () async throws -> Result) async throws -> Result {
        try take(visitor)
        defer { taken.withLock { $0[visitor, default: 1] -= 1 } }
        return try await body()
    }

    private func take(_ visitor: Visitor) throws(Problem) {
        let isFree = taken.withLock { taken in
            guard taken[visitor, default: 0] < visitor.places else { return false }
            taken[visitor, default: 0] += 1
            return true
        }
        guard isFree else { throw .busy }
    }

    /// Runs the body with the face models.
    /// - Throws: `ServerError.models` where they cannot be used, and what the body throws.
    func look<Result: Sendable>(
        _ body: @escaping @Sendable (FaceEngine) throws -> Result
    ) async throws -> Result {
        try await run { [self] in
            try engine.withLock { engine in
                if let engine { return try body(engine) }
                let loaded = try FaceEngine.loaded(models)
                engine = loaded
                return try body(loaded)
            }
        }
    }

    /// Runs the body without them.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}

extension FaceEngine {
    /// An engine over the models, or the server's error.
    static func loaded(_ models: ModelPack) throws(ServerError) -> FaceEngine {
        do { return try FaceEngine(models: models) } catch { throw .models(reason: error.description) }
    }
}

extension Problem {
    static let busy = Problem(
        status: .serviceUnavailable, detail: "Other pictures are being looked at. Try again in a few seconds.",
        headers: [.retryAfter: "5"])
}
