import Faces

/// One shot, ready to be compared with every person of a roster.
public struct Probe: Sendable {
    /// As the network made it.
    public let descriptor: Descriptor
    /// Its projection, from the roster's centre.
    let z: [Float]
    /// Ready for the product with one photograph.
    let single: [Float]
    /// What belongs to it alone when it is compared with 1, 2, ... photographs; photographs are kept as they are, and what
    /// the centre takes from their product with z is in here.
    let alone: [Float]
    /// How near it is to people of the cohort.
    let nearness: Float
    /// |z|².
    let energy: Float

    /// - Parameter centre: of the roster that it is compared with.
    init(_ descriptor: Descriptor, _ projection: Projection, centre: RosterCentre) {
        self.descriptor = descriptor
        let z = zip(projection.project(descriptor), centre.place).map { $0 - $1 }
        self.z = z
        single = projection.model(photographs: 1).weighted(z)
        let alone = projection.aloneOfProbe(z)
        nearness = projection.nearness(ofProbe: single, alone: alone[0])
        energy = z.reduce(0) { $0 + $1 * $1 }
        self.alone = alone.enumerated().map { index, own in
            own - projection.model(photographs: index + 1).product(z, centre.place)
        }
    }
}
