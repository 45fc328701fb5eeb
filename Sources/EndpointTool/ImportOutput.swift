import EndpointCodegen
import EndpointCore
import EndpointImport
import Foundation

extension Tool {
    /// Writes all files of an import, or none: nothing is replaced, and a failure removes what was written before it.
    ///
    /// - Returns: The paths of the files, as messages show them.
    func write(_ files: [ImportedFile], to directory: String) throws(Failure) -> [String] {
        let folder = URL(fileURLWithPath: directory)
        let manager = FileManager.default
        func display(_ file: ImportedFile) -> String { directory == "." ? file.path : "\(directory)/\(file.path)" }
        let existing = files.filter { manager.fileExists(atPath: folder.appendingPathComponent($0.path).path) }
        guard existing.isEmpty else {
            throw Failure(
                existing.map {
                    Diagnostic(
                        SourcePosition(file: display($0)),
                        "the file exists, and an import replaces nothing; choose another folder, or remove the file")
                })
        }
        var made: [URL] = []
        func makeFolder(_ url: URL) throws {
            guard !manager.fileExists(atPath: url.path) else { return }
            try makeFolder(url.deletingLastPathComponent())
            try manager.createDirectory(at: url, withIntermediateDirectories: false)
            made.append(url)
        }
        for file in files {
            let url = folder.appendingPathComponent(file.path)
            do {
                try makeFolder(url.deletingLastPathComponent())
                try Data(file.text.utf8).write(to: url, options: .withoutOverwriting)
                made.append(url)
            } catch {
                for url in made.reversed() { try? manager.removeItem(at: url) }
                throw Failure.unwritten(display(file), error.localizedDescription)
            }
        }
        return files.map(display)
    }
}
