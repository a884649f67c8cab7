import Faces

/// One search whose truth is known.
struct Trial: Sendable {
    /// The person who is searched, by their number in the population.
    var person: Int
    var sample: Int
    /// The gallery, counted from 0.
    var draw: Int
    /// Whether the person is to be found.
    var isMated: Bool
    /// Who was nearest, by their number in the population; nil when nobody was searched for or enrolled.
    var nearest: Int?
    /// nil when there was no face to search with.
    var result: SearchResult?
    /// Whether the terminal would not have described the face.
    var isRefused = false

    /// Whether the nearest person is the right one.
    var isRight: Bool { isMated && nearest == person }
    /// Whether the rule names the right person.
    var isIdentified: Bool { isRight && result?.isNamed == true }
    /// Whether the rule names somebody else, or a stranger.
    var isMisnamed: Bool { !isRight && result?.isNamed == true }
}
