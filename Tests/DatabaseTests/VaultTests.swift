import Database
import Foundation
import Testing

@Suite struct VaultTests {
    let folder: DatabaseFolder
    let person = UUID()
    let template = (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 37) }

    init() throws { folder = try DatabaseFolder() }

    @Test("A template comes back for its person and model, and for nobody else")
    func sealAndOpen() throws {
        let vault = try TemplateVault(key: [UInt8](repeating: 9, count: 32))
        let sealed = vault.seal(template, person: person, model: "dlib-resnet-v1")
        #expect(sealed.count == template.count + TemplateVault.overhead && sealed.first == 1)
        #expect(try vault.open(sealed, person: person, model: "dlib-resnet-v1") == template)
        #expect(vault.seal(template, person: person, model: "dlib-resnet-v1") != sealed)
        #expect(throws: VaultError.notAuthentic) { try vault.open(sealed, person: UUID(), model: "dlib-resnet-v1") }
        #expect(throws: VaultError.notAuthentic) { try vault.open(sealed, person: person, model: "dlib-resnet-v2") }
        let other = try TemplateVault(key: [UInt8](repeating: 8, count: 32))
        #expect(throws: VaultError.notAuthentic) { try other.open(sealed, person: person, model: "dlib-resnet-v1") }
        #expect(try vault.open(vault.seal([], person: person, model: ""), person: person, model: "") == [])
    }

    @Test("Any changed byte is found")
    func tampered() throws {
        let vault = try TemplateVault(key: [UInt8](repeating: 9, count: 32))
        let sealed = vault.seal(Array(template.prefix(16)), person: person, model: "m")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 0x10
            let expected: VaultError = index == 0 ? .unknownFormat(version: 0x11) : .notAuthentic
            #expect(throws: expected) { try vault.open(changed, person: person, model: "m") }
        }
        for count in 0..<sealed.count {
            #expect(throws: VaultError.notAuthentic) {
                try vault.open(Array(sealed.prefix(count)), person: person, model: "m")
            }
        }
    }

    @Test("A key is made once, for its owner only, and read again")
    func keyFile() throws {
        let path = folder.file("key")
        #expect(throws: VaultError.keyMissing(file: path)) { try TemplateVault(keyFile: path) }
        let sealed = try TemplateVault(keyFile: path, makeIfMissing: true).seal(template, person: person, model: "m")
        #expect(try folder.mode("key") == 0o600)
        #expect(try folder.bytes("key").count == 32)
        #expect(try folder.names() == ["key"])
        let again = try TemplateVault(keyFile: path, makeIfMissing: true)
        #expect(try again.open(sealed, person: person, model: "m") == template)
        #expect("\(again)" == "TemplateVault")
        #expect(!String(reflecting: again).contains("bytes"))
    }

    @Test("A key that others can read is refused with the next step", arguments: [0o640, 0o604, 0o660, 0o644, 0o610])
    func exposedKey(mode: Int) throws {
        let path = folder.file("key")
        _ = try TemplateVault(keyFile: path, makeIfMissing: true)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(throws: VaultError.keyExposed(file: path)) { try TemplateVault(keyFile: path) }
        #expect("\(VaultError.keyExposed(file: path))".contains("chmod 600 \(path)"))
        if mode == 0o640 { #expect(throws: Never.self) { try TemplateVault(keyFile: path, groupReadable: true) } }
        if mode != 0o640 { #expect(throws: VaultError.self) { try TemplateVault(keyFile: path, groupReadable: true) } }
    }

    @Test("A key of another size is refused", arguments: [0, 31, 33, 64])
    func malformedKey(count: Int) throws {
        let path = folder.file("key")
        try Data(repeating: 1, count: count).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(throws: VaultError.keyMalformed(file: path, bytes: count)) { try TemplateVault(keyFile: path) }
        #expect(throws: VaultError.self) { try TemplateVault(key: [UInt8](repeating: 0, count: count)) }
    }

    @Test("Another use has another key, always the same")
    func derivedKeys() throws {
        let vault = try TemplateVault(key: [UInt8](repeating: 1, count: 32))
        let key = try vault.withDerivedKey(for: "purpose1") { Array($0) }
        #expect(key.count == 32 && key != [UInt8](repeating: 1, count: 32))
        #expect(try vault.withDerivedKey(for: "purpose1") { Array($0) } == key)
        #expect(try vault.withDerivedKey(for: "purpose2") { Array($0) } != key)
        #expect(throws: VaultError.self) { try vault.withDerivedKey(for: "short") { Array($0) } }
    }

    @Test("Programs that make the key at once all get the same one")
    func keyRace() throws {
        let sealed = vaultSeals()
        let first = try TemplateVault(keyFile: folder.file("key"))
        for bytes in sealed { #expect(try first.open(bytes, person: person, model: "m") == template) }
        #expect(sealed.count == 8)
    }

    private func vaultSeals() -> [[UInt8]] {
        let collected = Collected()
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            guard let vault = try? TemplateVault(keyFile: folder.file("key"), makeIfMissing: true) else { return }
            collected.add(vault.seal(template, person: person, model: "m"))
        }
        return collected.all
    }
}
