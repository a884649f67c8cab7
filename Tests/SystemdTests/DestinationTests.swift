import Foundation
import Testing

@testable import Systemd

@Suite("Where entries go")
struct DestinationTests {
    @Test func autoIsTheJournalOnlyWhenTheStreamLeadsThere() throws {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        var status = stat()
        #expect(fstat(descriptor, &status) == 0)
        let here = "\(status.st_dev):\(status.st_ino)"

        func resolved(_ stream: String?) -> LogDestination {
            LogDestination.auto.resolved(
                environment: Environment(stream.map { ["JOURNAL_STREAM": $0] } ?? [:]), descriptor: descriptor)
        }
        #expect(resolved(here) == .journal)
        #expect(resolved("\(status.st_dev):1") == .console)
        #expect(resolved("junk") == .console)
        #expect(resolved("") == .console)
        #expect(resolved(nil) == .console)
    }

    @Test func whatIsConfiguredIsFollowed() {
        let elsewhere = Environment(["JOURNAL_STREAM": "1:1"])
        #expect(LogDestination.journal.resolved(environment: elsewhere) == .journal)
        #expect(LogDestination.console.resolved(environment: elsewhere) == .console)
    }
}
