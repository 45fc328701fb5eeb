import EndpointCodegen
import EndpointSpec
import Foundation

extension Tool {
    func generate(_ words: [String]) throws {
        try write(words) { SwiftGenerator.files(for: $0, module: $1, baseModule: $2) }
    }

    func contract(_ words: [String]) throws {
        try write(words) { [SwiftGenerator.contract(for: $0, module: $1, baseModule: $2)] }
    }

    private func write(_ words: [String], _ made: (ServiceModel, String, String?) -> [GeneratedFile]) throws {
        let arguments = try Arguments(words, options: ["output", "module", "base", "base-module"])
        let output = try arguments.required("output")
        let path = try arguments.path("folder with specs")
        let bases = try (arguments.values["base"] ?? []).map { path throws(Failure) in try SpecFolder(path) }
        let module = try load(SpecFolder(path), moduleName: arguments.value("module"), bases: bases)
        try OutputFolder(output).write(made(module.model, module.name, try arguments.value("base-module")))
    }
}

/// The folder that generated files go to. It is theirs: what an earlier run left there and no spec asks for any more is
/// removed; a file that someone wrote by hand is not.
struct OutputFolder {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Makes the folder hold these files. A file whose bytes do not change is not touched, so that nothing is built anew.
    func write(_ files: [GeneratedFile]) throws(Failure) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Failure(path, "the output folder cannot be made: \(error.localizedDescription)")
        }
        for failure in files.concurrentMap(write) {
            if let failure { throw failure }
        }
        try removeStale(keeping: Set(files.map(\.name)))
    }

    @Sendable private func write(_ file: GeneratedFile) -> Failure? {
        let url = URL(fileURLWithPath: path).appendingPathComponent(file.name)
        let data = Data(file.text.utf8)
        if (try? Data(contentsOf: url)) == data { return nil }
        do {
            // Atomically: a temporary file in the same folder, then a rename.
            try data.write(to: url, options: .atomic)
            return nil
        } catch {
            return Failure(url.path, "the file cannot be written: \(error.localizedDescription)")
        }
    }

    private func removeStale(keeping names: Set<String>) throws(Failure) {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in found.sorted() where name.hasSuffix(".swift") && !names.contains(name) {
            let url = URL(fileURLWithPath: path).appendingPathComponent(name)
            guard let start = try? FileHandle(forReadingFrom: url).read(upToCount: SwiftGenerator.mark.utf8.count),
                start == Data(SwiftGenerator.mark.utf8)
            else { continue }
            do {
                try FileManager.default.removeItem(at: url)
            } catch {
                throw Failure(url.path, "the file is stale and cannot be removed: \(error.localizedDescription)")
            }
        }
    }
}
