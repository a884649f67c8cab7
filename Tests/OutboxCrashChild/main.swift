import Foundation

// Records marks and syncs them to a toy server until it is killed.
//
//     outbox-crash-child OUTBOX SERVER SEED START
//
// Standard output gets the id of each mark after `record` has returned, and nothing else. The marks' times begin START
// milliseconds after a Monday morning and grow.

func fail(_ text: String, status: Int32) -> Never {
    FileHandle.standardError.write(Data("outbox-crash-child: \(text)\n".utf8))
    exit(status)
}

guard CommandLine.arguments.count == 5, let seed = UInt64(CommandLine.arguments[3]),
    let start = Int64(CommandLine.arguments[4])
else { fail("usage: outbox-crash-child OUTBOX SERVER SEED START", status: 64) }

do {
    let child = try CrashChild(
        outbox: CommandLine.arguments[1], server: CommandLine.arguments[2], seed: seed, start: start)
    Thread.detachNewThread {
        do { try child.syncForEver() } catch { fail("sync: \(error)", status: 1) }
    }
    try child.recordForEver()
} catch { fail("\(error)", status: 1) }
