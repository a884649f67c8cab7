import Faces
import Foundation
import Identification

@testable import struct Identification.Calibration

/// A descriptor that lies `offsets` away from a corner, along the axes given: distances are known without a network.
func descriptor(_ offsets: [Int: Float]) -> Descriptor {
    var values = [Float](repeating: 0, count: Descriptor.count)
    for (axis, offset) in offsets { values[axis] = offset }
    return Descriptor(values: values)!
}

/// A descriptor of a made person: about as far from others as people are, and its photographs from each other as one
/// person's are.
func face(_ person: Int, _ photograph: Int) -> Descriptor {
    let (p, f) = (Double(person), Double(photograph))
    return Descriptor(
        values: Calibration.standard.mean.enumerated().map { i, mean in
            let own = 0.05 * 2.0.squareRoot() * sin(1 + p * 7.3 + Double(i) * (p + 1) * 1.7)
            return Float(1.4 * Double(mean) + own + 0.02 * cos(f * 3.1 + Double(i) * (f + 2) * 0.9))
        })!
}

func person(_ name: String, _ templates: Descriptor...) -> RosterPerson {
    RosterPerson(id: UUID(), name: name, className: "7b", templates: templates)
}

/// Person 1 with one photograph, 2 with two, 3 with three, 4 with five; photographs count from 0.
let fourPeople = Roster(
    people: [1, 2, 3, 5].enumerated().map { index, count in
        RosterPerson(
            id: UUID(), name: "\(index + 1)", className: "7b", templates: (0..<count).map { face(index + 1, $0) })
    })
