#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Files and folders, through the C library: Foundation would double what a build plugin loads.
enum Disk {
    enum Kind {
        case file
        case folder
        /// A pipe, a socket or a device.
        case other
    }

    /// What is at a path, links followed; nil where nothing is.
    static func kind(of path: String) -> Kind? {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        return switch information.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// The path without links, "." and ".."; the path itself where nothing is.
    static func realPath(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The names in a folder, sorted.
    static func names(in folder: String) throws(SystemError) -> [String] {
        guard let stream = opendir(folder) else { throw .last }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether a file holds exactly this text. By one comparison of memory: without the optimizer, which the build plugin
    /// does not have, a loop over bytes takes longer than all of the rest of writing.
    static func holds(_ text: String, at path: String) -> Bool {
        guard let bytes = try? Descriptor.bytes(ofFile: path) else { return false }
        var text = text
        return text.withUTF8 { text in
            guard text.count == bytes.count, let start = text.baseAddress else { return text.count == bytes.count }
            return bytes.withUnsafeBytes { $0.baseAddress.map { memcmp($0, start, text.count) == 0 } ?? false }
        }
    }

    /// Makes a file with these bytes, or gives them to the one that is there. Whoever reads meanwhile sees the old bytes or
    /// all of the new ones. Nothing is synced: another build makes a generated file again.
    static func store(_ text: String, at path: String) throws(SystemError) {
        // Beside the file, since only within a file system is a rename one step; with the process's number, since two
        // builds may write one file at once.
        let temporary = "\(path).\(getpid()).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw .last }
        var text = text
        var problem = text.withUTF8 { bytes -> SystemError? in
            do throws(SystemError) {
                try Descriptor.write(UnsafeRawBufferPointer(bytes), to: file)
                return nil
            } catch {
                return error
            }
        }
        if close(file) != 0, problem == nil { problem = .last }
        if problem == nil, rename(temporary, path) != 0 { problem = .last }
        guard let problem else { return }
        unlink(temporary)
        throw problem
    }

    /// Makes a folder, and those above it that are missing.
    static func makeFolder(_ path: String) throws(SystemError) {
        guard mkdir(path, 0o777) != 0 else { return }
        switch errno {
        case EEXIST where kind(of: path) == .folder: return
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw .last }
            try makeFolder(String(path[..<slash]))
            guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
            throw .last
        default: throw .last
        }
    }

    /// Removes a file.
    static func remove(_ path: String) throws(SystemError) {
        guard unlink(path) == 0 else { throw .last }
    }
}

/// The folder that generated files go to. A generated file of an earlier run that no spec asks for any more is removed, or
/// emptied where that is asked for; a file that was written by hand stays.
struct OutputFolder {
    let path: String
    /// Names of files that stay without declarations once no spec asks for them.
    let emptied: [String]

    init(_ path: String, emptied: [String] = []) {
        self.path = path
        self.emptied = emptied
    }

    /// Makes the folder hold these files. A file whose bytes do not change is not touched, so that it is not compiled again.
    func write(_ files: [GeneratedFile]) throws(Failure) {
        do {
            try Disk.makeFolder(path)
        } catch {
            throw Failure(path, "the output folder cannot be made: \(error)")
        }
        var files = files
        let wanted = Set(files.map(\.name))
        for name in emptied where !wanted.contains(name) && isGenerated(name) != false {
            files.append(GeneratedFile(name: name, text: "\(SwiftFile.marker)a spec that has gone. Do not edit.\n"))
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
        for name in (try? Disk.names(in: path)) ?? []
        where name.hasSuffix(".swift") && !names.contains(name) && isGenerated(name) == true {
            let path = "\(path)/\(name)"
            do {
                try Disk.remove(path)
            } catch {
                throw Failure(path, "the file is stale and cannot be removed: \(error)")
            }
        }
    }

    /// Whether a file of the folder was generated and not written by hand; nil if it is not there, or cannot be read.
    private func isGenerated(_ name: String) -> Bool? {
        let marker = SwiftFile.marker.utf8
        let start = try? Descriptor.bytes(ofFile: "\(path)/\(name)", upTo: marker.count)
        return start?.elementsEqual(marker)
    }
}
