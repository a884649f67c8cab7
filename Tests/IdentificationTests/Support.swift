import Faces
import FoundationEssentials
import Identification

/// A descriptor that lies `offsets` away from a corner, along the axes given: distances are known without a network.
func descriptor(_ offsets: [Int: Float]) -> Descriptor {
    var values = [Float](repeating: 0, count: Descriptor.count)
    for (axis, offset) in offsets { values[axis] = offset }
    return Descriptor(values: values)!
}

func person(_ name: String, _ templates: Descriptor...) -> RosterPerson {
    RosterPerson(id: UUID(), name: name, className: "7b", templates: templates)
}
