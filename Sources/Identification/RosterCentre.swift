/// What the people of a roster have in common, as the mean of their means: a camera, its light and its size of faces.
///
/// Subtracting the mean of the domain in which one works is usual in speaker recognition (Garcia-Romero & McCree, Supervised
/// domain adaptation for i-vector based speaker recognition, ICASSP 2014). Of n people only (n - 1) / n of it is taken, or
/// one person alone would lose everything.
struct RosterCentre: Sendable {
    /// In projected numbers.
    let place: [Float]

    /// Of people with these means.
    init(of means: [ArraySlice<Float>], dimensions: Int) {
        var sum = [Float](repeating: 0, count: dimensions)
        for mean in means { for (i, value) in mean.enumerated() { sum[i] += value } }
        let scale = means.count < 2 ? 0 : Float(means.count - 1) / Float(means.count * means.count)
        place = sum.map { $0 * scale }
    }

    /// Whether it is so near to another one that scores hardly differ. One person's photographs are about 10 apart.
    func isNear(_ other: RosterCentre) -> Bool {
        zip(place, other.place).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } < 0.04
    }
}
