import FoundationEssentials

/// The people of an evaluation and their samples, by number.
public struct EvaluationPopulation: Sendable {
    /// One person; no two have the same samples.
    public struct Person: Sendable, Equatable {
        /// The folder's name, or the number of the identity.
        public var name: String
        /// Samples that may be enrolled; where samples are divided, all of them.
        public var enrolments: [Int]
        /// Samples that may be searched; where samples are divided, all of them.
        public var probes: [Int]
        /// Whether the person is to be found although they cannot be enrolled: a folder of probes without one of the gallery.
        public var isAbsent = false
    }

    /// In the order of their names, strangers last.
    public private(set) var people: [Person] = []
    /// Paths of the samples; empty where they are descriptors.
    public private(set) var paths: [String] = []
    /// True when each draw divides a person's samples into those that are enrolled and those that are searched.
    public let isDivided: Bool

    /// Folders of photographs for each use; the same name in `gallery` and `probes` is the same person.
    public init(gallery: PeopleFolder, probes: PeopleFolder, strangers: PeopleFolder?) {
        isDivided = false
        let searched = Dictionary(probes.people.map { ($0.name, $0) }) { first, _ in first }
        for person in gallery.people {
            let enrolments = add(person.images)
            let probes = add(searched[person.name]?.images ?? [])
            people.append(Person(name: person.name, enrolments: enrolments, probes: probes))
        }
        let enrolled = Set(gallery.people.map(\.name))
        for person in probes.people where !enrolled.contains(person.name) {
            people.append(Person(name: person.name, enrolments: [], probes: add(person.images), isAbsent: true))
        }
        for person in strangers?.people ?? [] {
            people.append(Person(name: person.name, enrolments: [], probes: add(person.images)))
        }
    }

    /// One folder, whose photographs are divided.
    public init(people folder: PeopleFolder) {
        isDivided = true
        for person in folder.people {
            let samples = add(person.images)
            people.append(Person(name: person.name, enrolments: samples, probes: samples))
        }
    }

    /// Descriptors, which are divided.
    public init(descriptors set: DescriptorSet) {
        isDivided = true
        var samples: [Int32: [Int]] = [:]
        for (sample, identity) in set.identities.enumerated() { samples[identity, default: []].append(sample) }
        people = samples.sorted { $0.key < $1.key }.map { identity, samples in
            Person(name: "\(identity)", enrolments: samples, probes: samples)
        }
    }

    /// Photographs that are enrolled and searched, where samples are not divided: the very same files. Their searches name
    /// whom they are of, whatever the recognition is worth.
    public var searchedAsEnrolled: [String] {
        guard !isDivided else { return [] }
        func file(_ sample: Int) -> String { URL(filePath: paths[sample]).resolvingSymlinksInPath().path }
        let enrolled = Set(people.flatMap(\.enrolments).map(file))
        return people.flatMap(\.probes).filter { enrolled.contains(file($0)) }.map { paths[$0] }
    }

    /// Names that a stranger has in common with somebody who is enrolled.
    public var strangersWithAName: [String] {
        guard !isDivided else { return [] }
        let enrolled = Set(people.filter { !$0.enrolments.isEmpty }.map(\.name))
        return people.filter { $0.enrolments.isEmpty && !$0.isAbsent && enrolled.contains($0.name) }.map(\.name)
    }

    private mutating func add(_ images: [String]) -> [Int] {
        paths += images
        return Array(paths.count - images.count..<paths.count)
    }

    /// The numbers of these people, or of everybody.
    /// - Throws: `.badPlan` when one of them is not here: a list for other people would quietly be none.
    func numbers(of list: PeopleList?) throws(EvaluationError) -> [Int] {
        guard let list else { return Array(people.indices) }
        if let missing = list.names.subtracting(people.map(\.name)).min() {
            throw .badPlan(reason: "\(missing) of --people-from is nobody of these people; take the names from there")
        }
        return people.indices.filter { list.names.contains(people[$0].name) }
    }
}
