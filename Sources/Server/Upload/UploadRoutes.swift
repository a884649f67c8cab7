import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// `POST /attendance/mark`: a photograph, and no login. The weak door of the house, so it is shut unless the operator
/// opens it, and then to few.
struct UploadRoutes: Sendable {
    let door: UploadDoor
    let desk: UploadDesk

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/attendance/mark", use: mark)
    }

    /// What the sender learns: the status that stands for whoever is on the photograph, and not who that is.
    private struct StatusAnswer: Encodable, Sendable {
        let status: AttendanceStatus
        let session: SessionID
        let at: String
    }

    @Sendable
    private func mark(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<StatusAnswer> {
        let (configuration, limits) = door.current
        guard configuration.isEnabled else { throw Problem.notFound }
        guard configuration.networks.contains(context.address) else {
            throw Problem(status: .forbidden, detail: "Photographs are not taken from this network.")
        }
        if let wait = limits.wait(network: context.network) { throw Problem.tooManyUploads(retryAfter: wait) }
        let (vision, network) = (desk.vision, context.network)
        let receipt = try await vision.inbox.withPhotograph(in: request, from: network, for: .upload) { photograph in
            try await Self.lasting(configuration.shortestAnswer) {
                try await vision.withPlace(for: .upload) { try await desk.mark(photograph, now: Clock.now) }
            }
        }
        guard let receipt else { throw Self.notRecognised }
        if let mark = receipt.mark.mark {
            context.logger.notice(
                "Mark from a photograph", metadata: ["mark": "\(mark.lowercased)", "address": "\(context.address)"])
        }
        return JSONAnswer(StatusAnswer(status: receipt.mark.status, session: receipt.session, at: receipt.at))
    }

    static let notRecognised = Problem.unusable("Nobody was recognised in this photograph.")

    /// Gives the body's result, or its error, when the time is over: who waits learns nothing from how long it took.
    private static func lasting<Result>(
        _ time: Duration, _ body: () async throws -> Result
    ) async throws -> Result {
        let end = ContinuousClock.now + time
        do {
            let result = try await body()
            try await Task.sleep(until: end)
            return result
        } catch {
            try await Task.sleep(until: end)
            throw error
        }
    }
}
