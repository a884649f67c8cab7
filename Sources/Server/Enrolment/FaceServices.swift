import Database

/// What the server's routes about faces and images share: one set of models, one roster in memory, one store of images.
struct FaceServices: Sendable {
    let vision: VisionThread
    let roster: FaceRoster
    let images: ProfileImages
    let door: UploadDoor

    /// Opens the store of images; the models are loaded when they are needed.
    init(_ configuration: ServerConfiguration, database: DatabaseThread, vault: TemplateVault) throws(ServerError) {
        self.init(
            vision: VisionThread(models: configuration.models), database: database,
            store: try configuration.images.open(vault: vault), upload: configuration.upload)
    }

    init(vision: VisionThread, database: DatabaseThread, store: ImageStore, upload: UploadConfiguration) {
        self.vision = vision
        roster = FaceRoster(database: database)
        images = ProfileImages(database: database, store: store)
        door = UploadDoor(upload)
    }
}
