import ArgumentParser
import Foundation
import Server

/// The option that every command has.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: .init("The configuration file (\(ServerConfiguration.standardPath)).", valueName: "file"))
    var path: String?

    var file: String { path ?? ServerConfiguration.standardPath }

    func load() throws(ServerError) -> ServerConfiguration {
        try ServerConfiguration.load(path: file)
    }

    func openDatabase() throws(ServerError) -> ServerDatabase {
        let configuration = try load()
        return try ServerDatabase(configuration.database, vault: try configuration.openVault())
    }

    /// Opens the database for a command's work; its error is reported as `reporting` does.
    func withDatabase<Result>(_ work: (ServerDatabase) throws(ServerError) -> Result) throws -> Result {
        try reporting { () throws(ServerError) in
            let database = try openDatabase()
            defer { database.close() }
            return try work(database)
        }
    }
}

/// Runs a command's work, and turns its error into one line on standard error and the documented exit status.
/// - Parameter configuration: the file in which an error of a file that it names is to be mended.
func reporting<Result>(
    in configuration: String? = nil, _ work: () throws(ServerError) -> Result
) throws -> Result {
    do {
        return try work()
    } catch {
        throw reported(error, in: configuration)
    }
}

func reported(_ error: ServerError, in configuration: String? = nil) -> ExitCode {
    switch (error, configuration) {
    case (.key(_, let setting, _), let file?), (.certificate(let setting, _, _), let file?):
        printError("rollcall-server: \(ServerConfiguration.place(of: setting, path: file)): \(error)")
    case (.models, let file?):
        let place = ServerConfiguration.place(of: ServerError.modelsSetting, path: file)
        printError("rollcall-server: \(place): \(error)")
    default: printError("rollcall-server: \(error)")
    }
    return ExitCode(error.exitStatus)
}

func printError(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
}

/// Rows in columns that line up, without a border.
func printTable(_ header: [String], _ rows: [[String]]) {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    for row in all {
        let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
        print(String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()))
    }
}

/// Prints a value as JSON for scripts, with keys in order.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
