import Synchronization

/// Whether and how the door for photographs is open now. A reload of the configuration changes it at once.
final class UploadDoor: Sendable {
    private let state: Mutex<(configuration: UploadConfiguration, limits: UploadLimits)>

    init(_ configuration: UploadConfiguration) {
        state = Mutex((configuration, UploadLimits(configuration)))
    }

    /// What counts for a photograph that comes now.
    var current: (configuration: UploadConfiguration, limits: UploadLimits) { state.withLock { $0 } }

    /// Takes over a new configuration; with it the counting begins anew.
    /// - Returns: false where it is the one that was there.
    @discardableResult
    func change(to configuration: UploadConfiguration) -> Bool {
        state.withLock { state in
            guard state.configuration != configuration else { return false }
            state = (configuration, UploadLimits(configuration))
            return true
        }
    }
}
