import Faces
import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import rollcallctl

/// The chart that `evaluate identify --det` draws.
@Suite struct DETChartTests {
    private let folder: TemporaryFolder
    private let program: BuiltProgram

    init() throws {
        folder = try TemporaryFolder()
        program = try BuiltProgram("rollcallctl")
    }

    /// Elements of the chart of some made-up people, by name; nil when it is no XML.
    private func chart(people: Int) throws -> [String: [[String: String]]] {
        var random = SplitMix(seed: 9)
        var descriptors: [UInt8] = []
        var identities: [UInt8] = []
        for person in 0..<people {
            let place = (0..<Descriptor.count).map { _ in Float.random(in: -0.21...0.21, using: &random) }
            for _ in 0..<2 {
                for value in place {
                    let noisy = value + Float.random(in: -0.1...0.1, using: &random)
                    withUnsafeBytes(of: noisy.bitPattern.littleEndian) { descriptors += $0 }
                }
                withUnsafeBytes(of: Int32(person).littleEndian) { identities += $0 }
            }
        }
        let outcome = try program.run([
            "evaluate", "identify", "--descriptors", folder.write("f32", descriptors), "--identities",
            folder.write("i32", identities), "--draws", "2", "--gallery-size", "\(people / 2)", "--det",
            folder.file("det.svg"),
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let reader = Elements()
        let parser = XMLParser(data: try Data(contentsOf: URL(filePath: folder.file("det.svg"))))
        parser.delegate = reader
        #expect(parser.parse())
        return reader.elements
    }

    private final class Elements: NSObject, XMLParserDelegate {
        var elements: [String: [[String: String]]] = [:]
        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) { elements[name, default: []].append(attributes) }
    }

    @Test func theCurveTheBandAndTheMarksLieInTheSheet() throws {
        let chart = try chart(people: 240)
        #expect(chart["svg"]?.first?["viewBox"] == "0 0 920 580")
        let paths = (chart["path"] ?? []).compactMap { $0["d"] }
        // The band, the curve, and the operating point twice.
        #expect(paths.count == 4)
        for path in paths {
            let numbers = path.split(whereSeparator: { " MLZ".contains($0) }).compactMap { Double($0) }
            #expect(numbers.count >= 8 && numbers.count.isMultiple(of: 2))
            #expect(numbers.allSatisfy { 0...920 ~= $0 })
        }
        // FPIR 1 % and 0.3 % can be measured with 480 faces of strangers, 0.1 % cannot; and one circle in the legend.
        #expect(chart["circle"]?.count == 3)
        #expect((chart["text"] ?? []).count > 15)
    }

    @Test func withoutEnoughStrangersThereAreNoFixedRates() throws {
        #expect(try chart(people: 20)["circle"] == nil)
    }

    @Test func textIsEscaped() {
        #expect(SVG.escaped("a<b & \"c\">") == "a&lt;b &amp; &quot;c&quot;&gt;")
    }
}
