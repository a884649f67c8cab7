extension ServerConfiguration {
    /// The parts of the file that differ from what the server runs with and that only a restart takes over.
    func partsThatNeedRestart(after running: ServerConfiguration) -> [String] {
        let parts: [(name: String, differs: Bool)] = [
            ("[listen]", address != running.address || port != running.port),
            ("[database]", database != running.database),
            ("[models]", models != running.models),
            (
                "[keys]",
                templateKeyFile != running.templateKeyFile || signingKeyFile != running.signingKeyFile
            ),
            ("[images]", written(images) != running.written(running.images)),
            ("[mail]", mail != running.mail),
            ("[reports]", reports != running.reports),
            ("[retention]", walkByDays != running.walkByDays),
            ("the destination of [log]", logDestination != running.logDestination),
        ]
        return parts.filter(\.differs).map(\.name)
    }

    /// The images without a folder that follows from the database.
    private func written(_ images: ImagesConfiguration) -> ImagesConfiguration {
        var written = images
        if images.folder == ImagesConfiguration(beside: database).folder { written.folder = "" }
        return written
    }
}
