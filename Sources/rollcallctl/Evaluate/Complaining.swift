import ArgumentParser

/// Runs a command's work; what goes wrong becomes one line on standard error and exit status 1.
func complaining(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch let exit as ExitCode {
        throw exit
    } catch {
        complain("\(error)")
        throw ExitStatus.wrong
    }
}
