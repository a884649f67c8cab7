import CMatch
import Faces

/// How far a person is from a probe.
public struct Neighbour: Sendable, Equatable {
    /// Index into the roster's people.
    public var person: Int
    /// From the probe to the person's nearest template.
    public var distance: Float
}

/// Which people of a roster are near a probe. The answers are exact; how ten thousand templates are searched in some thirty
/// microseconds is said in `Sources/CMatch/codes.h`.
public struct Matcher: Sendable {
    /// Instructions to search with; `widest` is right outside tests and benchmarks.
    public enum Processor: Sendable, CaseIterable {
        case widest, base, avx2, avx512
    }

    /// The roster it was made from; results are by index into its people.
    public let roster: Roster
    private let gallery: Templates

    /// Copies the roster's templates.
    public init(roster: Roster) {
        guard let matcher = Matcher(roster: roster, processor: .widest) else {
            preconditionFailure("no memory for the templates of \(roster.people.count) people")
        }
        self = matcher
    }

    /// Copies the roster's templates; nil when this machine does not have the processor, or memory is out.
    public init?(roster: Roster, processor: Processor) {
        var values: [Float] = []
        var owners: [UInt32] = []
        values.reserveCapacity(roster.people.reduce(0) { $0 + $1.templates.count } * Descriptor.count)
        for (index, person) in roster.people.enumerated() {
            for template in person.templates {
                values += template.values
                owners.append(UInt32(index))
            }
        }
        guard let gallery = Templates(values, owners, processor) else { return nil }
        self.roster = roster
        self.gallery = gallery
    }

    /// The people who are nearest to `probe`, the nearest first, equally near ones in the order of the roster. People
    /// without a template are near nobody.
    /// - Parameter count: at most `mostNearest`.
    public func nearest(to probe: Descriptor, count: Int) -> [Neighbour] { gallery.nearest(to: probe.values, count) }

    /// The most people whom `nearest` lists.
    public static let mostNearest = Int(RM_MOST_NEAREST)
}

/// A gallery of CMatch. Unchecked only for the C pointer: a gallery never changes, and any thread may search it.
private final class Templates: @unchecked Sendable {
    let handle: OpaquePointer

    init?(_ values: [Float], _ owners: [UInt32], _ processor: Matcher.Processor) {
        let wanted =
            switch processor {
            case .widest: RM_WIDEST
            case .base: RM_BASE
            case .avx2: RM_AVX2
            case .avx512: RM_AVX512
            }
        guard let handle = rm_gallery_make(values, owners, owners.count, wanted) else { return nil }
        self.handle = handle
    }

    deinit { rm_gallery_free(handle) }

    func nearest(to probe: [Float], _ count: Int) -> [Neighbour] {
        let wanted = min(max(count, 0), Matcher.mostNearest)
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: rm_gallery_scratch(handle)) { scratch in
            withUnsafeTemporaryAllocation(of: rm_neighbour.self, capacity: wanted) { found in
                let count = rm_gallery_nearest(handle, probe, scratch.baseAddress, found.baseAddress, wanted)
                return found[..<count].map { Neighbour(person: Int($0.person), distance: $0.distance) }
            }
        }
    }
}
