/// The folder that generated files go to. A generated file of an earlier run that no spec asks for any more is removed; a
/// file that was written by hand stays.
struct OutputFolder {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Makes the folder hold these files. A file whose bytes do not change is not touched, so that it is not compiled again.
    func write(_ files: [GeneratedFile]) throws(Failure) {
        do {
            try Disk.makeFolder(path)
        } catch {
            throw Failure(path, "the output folder cannot be made: \(error)")
        }
        for failure in Concurrently.map(files, write) {
            if let failure { throw failure }
        }
        try removeStale(keeping: Set(files.map(\.name)))
    }

    @Sendable private func write(_ file: GeneratedFile) -> Failure? {
        let path = "\(path)/\(file.name)"
        if Disk.holds(file.text, at: path) { return nil }
        do {
            try Disk.store(file.text, at: path)
            return nil
        } catch {
            return .unwritten(path, "\(error)")
        }
    }

    private func removeStale(keeping names: Set<String>) throws(Failure) {
        for name in (try? Disk.names(in: path)) ?? [] where name.hasSuffix(".swift") && !names.contains(name) {
            let path = "\(path)/\(name)"
            let marker = SwiftFile.marker.utf8
            guard let start = try? Descriptor.bytes(ofFile: path, upTo: marker.count), start.elementsEqual(marker)
            else {
                continue
            }
            do {
                try Disk.remove(path)
            } catch {
                throw Failure(path, "the file is stale and cannot be removed: \(error)")
            }
        }
    }
}
