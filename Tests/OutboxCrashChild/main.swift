import Foundation

// Records marks and syncs them with a server, meant to be killed.
//
//     outbox-crash-child FOLDER ADDRESS AUTHORITY DAY DAYS
//
// Standard output gets the id of each mark after `record` has returned, and nothing else. After the marks of DAYS days,
// beginning with day DAY after 1 January 1970, it ends as soon as the server has all of them.

func fail(_ text: String, status: Int32) -> Never {
    FileHandle.standardError.write(Data("outbox-crash-child: \(text)\n".utf8))
    exit(status)
}

let arguments = CommandLine.arguments
guard arguments.count == 6, let day = Int(arguments[4]), let days = Int(arguments[5])
else { fail("usage: outbox-crash-child FOLDER ADDRESS AUTHORITY DAY DAYS", status: 64) }

do {
    let child = try CrashChild(folder: arguments[1], address: arguments[2], authority: arguments[3])
    try child.record(day: day, days: days)
    try child.drain()
} catch { fail("\(error)", status: 1) }
