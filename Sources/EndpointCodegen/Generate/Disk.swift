#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Files and folders, through the C library: Foundation would double what a build plugin loads.
enum Disk {
    /// Why a call of the system failed.
    struct Problem: Error, CustomStringConvertible {
        let code: Int32

        /// The error that the last call left. To be made at once after it.
        init() {
            code = errno
        }

        var description: String { code == EACCES ? "no permission" : String(cString: strerror(code)) }
    }

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
    static func names(in folder: String) throws(Problem) -> [String] {
        guard let stream = opendir(folder) else { throw Problem() }
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

    /// The bytes of a file, or its first `limit` ones.
    static func contents(of path: String, upTo limit: Int = .max) throws(Problem) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Problem() }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < limit {
            let length = min(buffer.count, limit - bytes.count)
            let count = retrying { buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, length) } }
            guard count >= 0 else { throw Problem() }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// Whether a file holds exactly this text. By one comparison of memory: without the optimizer, which the build plugin
    /// does not have, a loop over bytes takes longer than all of the rest of writing.
    static func holds(_ text: String, at path: String) -> Bool {
        guard let bytes = try? contents(of: path) else { return false }
        var text = text
        return text.withUTF8 { text in
            guard text.count == bytes.count, let start = text.baseAddress else { return text.count == bytes.count }
            return bytes.withUnsafeBytes { $0.baseAddress.map { memcmp($0, start, text.count) == 0 } ?? false }
        }
    }

    /// Makes a file with these bytes, or gives them to the one that is there. Whoever reads meanwhile sees the old bytes or
    /// all of the new ones. Nothing is synced: another build makes a generated file again.
    static func store(_ text: String, at path: String) throws(Problem) {
        // Beside the file, since only within a file system is a rename one step; with the process's number, since two
        // builds may write one file at once.
        let temporary = "\(path).\(getpid()).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw Problem() }
        var problem: Problem?
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while problem == nil, let start = rest.baseAddress, !rest.isEmpty {
                let count = retrying { write(file, start, rest.count) }
                if count < 0 { problem = Problem() } else { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
            }
        }
        if close(file) != 0, problem == nil { problem = Problem() }
        if problem == nil, rename(temporary, path) != 0 { problem = Problem() }
        guard let problem else { return }
        unlink(temporary)
        throw problem
    }

    /// Makes a folder, and those above it that are missing.
    static func makeFolder(_ path: String) throws(Problem) {
        guard mkdir(path, 0o777) != 0 else { return }
        switch errno {
        case EEXIST where kind(of: path) == .folder: return
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw Problem() }
            try makeFolder(String(path[..<slash]))
            guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
            throw Problem()
        default: throw Problem()
        }
    }

    /// Removes a file.
    static func remove(_ path: String) throws(Problem) {
        guard unlink(path) == 0 else { throw Problem() }
    }

    /// Repeats a call that a signal interrupted.
    private static func retrying(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
