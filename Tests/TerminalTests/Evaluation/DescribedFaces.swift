import Faces
import Foundation
import TestSupport

@testable import Terminal

/// Descriptors that are made up: each person's lie around a place of their own.
enum DescribedFaces {
    /// Faces of people in turn.
    /// - Parameter spread: of one person's faces, as a share of how far people are apart.
    static func random(count: Int, people: Int, spread: Float = 0.1, seed: UInt64 = 1) throws -> DescriptorSet {
        let folder = try TemporaryFolder()
        let (descriptors, identities) = try write(
            into: folder, owners: (0..<count).map { Int32($0 % people) }, spread: spread, seed: seed)
        return try withExtendedLifetime(folder) {
            try DescriptorSet(descriptors: descriptors, identities: identities)
        }
    }

    /// Writes the two files that `evaluate identify` reads.
    static func write(
        into folder: TemporaryFolder, owners: [Int32], spread: Float = 0.1, seed: UInt64 = 1
    ) throws -> (descriptors: String, identities: String) {
        var random = SplitMix(seed: seed)
        func direction() -> [Float] {
            let values = (0..<Descriptor.count).map { _ in Float.random(in: -1...1, using: &random) }
            let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { $0 / norm }
        }
        var places: [Int32: [Float]] = [:]
        var bytes: [UInt8] = []
        for owner in owners {
            let place = places[owner] ?? direction()
            places[owner] = place
            for (value, noise) in zip(place, direction()) {
                withUnsafeBytes(of: (1.4 * (value + spread * noise)).bitPattern.littleEndian) { bytes += $0 }
            }
        }
        let numbers = owners.flatMap { owner in withUnsafeBytes(of: owner.littleEndian) { Array($0) } }
        return (try folder.write("faces.f32", bytes), try folder.write("people.i32", numbers))
    }
}
