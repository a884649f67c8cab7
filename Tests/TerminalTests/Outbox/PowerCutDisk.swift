import CPowerCut
import TestSupport

/// A folder of its own on a disk whose power fails.
final class PowerCutDisk {
    let folder: TemporaryFolder
    private let disk: OpaquePointer

    init(seed: UInt64) throws {
        folder = try TemporaryFolder()
        guard let disk = powercut_plug_in(folder.path, seed) else { throw FixtureError("no disk in \(folder.path)") }
        self.disk = disk
    }

    deinit { powercut_unplug(disk) }

    var isOff: Bool { powercut_is_off(disk) }

    /// Operations since `failPower`.
    var operations: Int { Int(powercut_operations(disk)) }

    /// What the last cut interrupted.
    var moment: String { String(cString: powercut_moment(disk)) }

    /// The power fails at this operation from now, 1 being the next.
    func failPower(after operations: Int) { powercut_arm(disk, UInt64(operations)) }

    /// The power fails, if it has not yet.
    func failPower() { powercut_cut(disk) }

    /// From now on nothing is synced any more.
    func ignoreSyncs() { powercut_ignore_syncs(disk, true) }

    /// The power is back, and the folder as the disk has kept it. Every file must be closed.
    func restorePower() throws {
        let failure = powercut_restore(disk)
        guard failure == 0 else { throw FixtureError("the disk cannot be restored: error \(failure)") }
    }
}
