#if os(Linux)
    import Foundation

    /// The generator as a program of its own: the first build command that needs it compiles it, and all of them run it.
    ///
    /// A plugin's sources are compiled before anything else is, by one process for each file, and again whenever the
    /// environment differs from that of the last build, such as in another shell. A plugin's tools are compiled with the
    /// optimizer in a release build, at five times the cost. A build command has neither disadvantage: the generator is
    /// compiled by one process, beside the modules that generated code imports, and only where its sources differ.
    struct GeneratorProgram {
        /// The compiler of the toolchain that builds the package.
        let compiler: String

        /// The generator's Swift files. What is in it, the links in the folder decide.
        static var sources: [String] {
            let folder = URL(filePath: #filePath).deletingLastPathComponent().path
            var files: [String] = []
            var folders = ["\(folder)/Generator"]
            while let folder = folders.popLast() {
                for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                    let path = "\(folder)/\(name)"
                    if name.hasSuffix(".swift") { files.append(path) } else { folders.append(path) }
                }
            }
            return files.sorted()
        }

        /// Beside the plugin's program: one for all targets of a build.
        private var path: String { "\(CommandLine.arguments[0]).generator" }

        private var options: [String] {
            // One process reads each file once; more than a few threads have nothing to do.
            let threads = min(ProcessInfo.processInfo.activeProcessorCount, 4)
            return [
                "-parse-as-library", "-Onone", "-whole-module-optimization", "-num-threads", "\(threads)",
                "-swift-version", "6", "-suppress-warnings", "-module-name", "EndpointGenerator",
            ]
        }

        /// Runs the generator in place of this program; returns only if that fails.
        func run(_ words: [String]) -> Int32 {
            do {
                try compileIfNeeded()
            } catch {
                FileHandle.standardError.write(Data("error: the generator cannot be compiled: \(error)\n".utf8))
                return 1
            }
            var arguments = ([path] + words).map { strdup($0) }
            arguments.append(nil)
            execv(path, arguments)
            let problem = String(cString: strerror(errno))
            FileHandle.standardError.write(Data("error: \(path) cannot be run: \(problem)\n".utf8))
            return 1
        }

        /// Commands of several targets run at once: one of them compiles, the others wait.
        private func compileIfNeeded() throws {
            let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
                throw Problem(description: "\(path).lock cannot be locked")
            }
            defer { close(lock) }
            let sources = Self.sources
            let made = "\(path).inputs"
            let inputs =
                ([compiler] + sources).map(Self.version).joined(separator: "\n")
                + "\n" + options.joined(separator: " ")
            if access(path, X_OK) == 0, (try? String(contentsOfFile: made, encoding: .utf8)) == inputs { return }
            let new = "\(path).new"
            let process = Process()
            process.executableURL = URL(filePath: compiler)
            process.arguments = options + ["-o", new] + sources
            // Swift Build gives a command the target's settings as its environment, where the compiler reads this one.
            process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "SDKROOT" }
            // What the compiler prints is a diagnostic.
            process.standardOutput = FileHandle.standardError
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw Problem(description: "\(compiler) ended with \(process.terminationStatus)")
            }
            try? FileManager.default.removeItem(atPath: made)
            guard rename(new, path) == 0 else { throw Problem(description: "\(path) cannot be written") }
            try inputs.write(toFile: made, atomically: true, encoding: .utf8)
        }

        /// A file's path, size and time of change: text that differs where the file does.
        private static func version(of path: String) -> String {
            var information = stat()
            guard stat(path, &information) == 0 else { return path }
            let time = information.st_mtim
            return "\(path) \(information.st_size) \(time.tv_sec).\(time.tv_nsec)"
        }

        private struct Problem: Error, CustomStringConvertible {
            let description: String
        }
    }
#endif
