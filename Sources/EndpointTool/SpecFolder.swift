import EndpointSpec
import Foundation

/// Why a command ends with exit code 1.
struct Failure: Error {
    var diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    init(_ path: String, _ message: String) {
        diagnostics = [Diagnostic(SourcePosition(file: path), message)]
    }
}

/// A folder with the specs of a module: all JSON files in it and below, those whose name begins with a dot left out.
struct SpecFolder {
    /// As given.
    let path: String
    let files: [SpecFile]

    /// Reads a folder; what cannot be read is reported all at once.
    init(_ path: String) throws(Failure) {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw Failure(path, "there is no such folder; give the folder that holds service.json")
        }
        guard isDirectory.boolValue else {
            throw Failure(path, "this is a file; give the folder that holds service.json")
        }
        var walk = Walk(root: path)
        walk.read(folder: "", ancestors: [])
        guard walk.diagnostics.isEmpty else { throw Failure(walk.diagnostics.sorted { $0.position < $1.position }) }
        self.path = path
        files = walk.files
    }

    /// What `service.json` says under a key, without checking it.
    func setting(_ key: String) -> String? {
        guard let file = files.first(where: { $0.path == "service.json" }) else { return nil }
        return JSONReader.read(file.contents, file: file.displayPath).node?[key]?.string
    }

    var name: String? { setting("name") }
    var extended: String? { setting("extends") }

    /// The folder's own name.
    var folderName: String { URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent }

    private struct Walk {
        /// Far more than a module needs: deeper only by mistake.
        static let depthLimit = 16

        let root: String
        var files: [SpecFile] = []
        var diagnostics: [Diagnostic] = []

        /// - Parameters:
        ///   - folder: Relative to the root; empty for the root.
        ///   - ancestors: Real paths of the folders that it is in, for links that lead back.
        mutating func read(folder: String, ancestors: [String]) {
            let path = folder.isEmpty ? root : display(folder)
            let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            if ancestors.contains(real) || ancestors.count > Self.depthLimit {
                report(path, "a link leads back to a folder that it is in; remove it")
                return
            }
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: path)
            } catch {
                report(path, "the folder cannot be read: \(Self.reason(error))")
                return
            }
            for name in names.sorted() where !name.hasPrefix(".") {
                read(folder.isEmpty ? name : "\(folder)/\(name)", ancestors: ancestors + [real])
            }
        }

        private mutating func read(_ item: String, ancestors: [String]) {
            let path = display(item)
            let isSpec = item.hasSuffix(".json")
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
                // A link to nothing, or to itself.
                if isSpec { report(path, "the file cannot be read: it is a link that leads nowhere") }
                return
            }
            if isDirectory.boolValue {
                if isSpec {
                    report(path, "this is a folder; a spec is a file, so rename the folder")
                } else {
                    read(folder: item, ancestors: ancestors)
                }
            } else if isSpec {
                // A pipe would be waited for, and a device such as /dev/zero never ends.
                let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
                let type = (try? FileManager.default.attributesOfItem(atPath: real))?[.type] as? FileAttributeType
                guard type == .typeRegular else {
                    report(path, "the file cannot be read: it is a pipe or a device; a spec is an ordinary file")
                    return
                }
                do {
                    let data = try Data(contentsOf: URL(fileURLWithPath: path))
                    files.append(SpecFile(path: item, displayPath: path, contents: Array(data)))
                } catch {
                    report(path, "the file cannot be read: \(Self.reason(error))")
                }
            }
        }

        private func display(_ item: String) -> String {
            root == "." ? item : root.hasSuffix("/") ? root + item : "\(root)/\(item)"
        }

        private mutating func report(_ path: String, _ message: String) {
            diagnostics.append(Diagnostic(SourcePosition(file: path), message))
        }

        private static func reason(_ error: any Error) -> String {
            let error = error as NSError
            switch (error.domain, error.code) {
            case (NSCocoaErrorDomain, CocoaError.fileReadNoPermission.rawValue): return "no permission"
            default:
                let inner = error.userInfo[NSUnderlyingErrorKey] as? NSError
                return (inner ?? error).localizedDescription
            }
        }
    }
}
