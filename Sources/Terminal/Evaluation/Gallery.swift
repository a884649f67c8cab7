import Capture
import Faces
import FoundationEssentials
import Identification

/// A roster made from a folder of photographs, by the enrolment that the server runs.
public struct Gallery: Sendable {
    /// A photograph that was refused, and why.
    public struct Refusal: Sendable, Equatable, Codable {
        /// Path of the photograph.
        public var image: String
        /// What is wrong with it, and what to do.
        public var reason: String

        /// Both in one line; many reasons begin with the photograph.
        public var text: String { reason.hasPrefix(image) ? reason : "\(image): \(reason)" }
    }

    /// Everybody with at least one template.
    public var roster: Roster
    /// In the order of the folder.
    public var refused: [Refusal]
    /// Names of those without any, in the order of the folder.
    public var leftOut: [String] = []

    /// Enrols everybody in `folder`; a person whose photographs are all refused is left out.
    /// - Parameter progress: told after each photograph.
    public static func enrol(
        _ folder: PeopleFolder, engine: FaceEngine, progress: (Int) -> Void = { _ in }
    ) -> Gallery {
        var gallery = Gallery(roster: Roster(people: []), refused: [])
        var people: [RosterPerson] = []
        var done = 0
        for person in folder.people {
            var templates: [Descriptor] = []
            for image in person.images {
                do {
                    templates.append(try engine.enrol(photograph: ImageFile.load(path: image)).descriptor)
                } catch {
                    gallery.refused.append(Refusal(image: image, reason: "\(error)"))
                }
                done += 1
                progress(done)
            }
            guard !templates.isEmpty else {
                gallery.leftOut.append(person.name)
                continue
            }
            people.append(RosterPerson(id: UUID(), name: person.name, className: "", templates: templates))
        }
        gallery.roster = Roster(people: people)
        return gallery
    }
}
