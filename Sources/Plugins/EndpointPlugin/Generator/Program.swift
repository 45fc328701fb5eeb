#if os(Linux)
    #if canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// The generator as a program of its own, which the build plugin compiles on Linux: see `GeneratorProgram`.
    @main
    enum Program {
        static func main() {
            let command = GenerateCommand { line in
                // Where nobody reads diagnostics, the exit code says that there are some.
                Array("\(line)\n".utf8).withUnsafeBytes { try? Descriptor.write($0, to: STDERR_FILENO) }
            }
            exit(command.run(Array(CommandLine.arguments.dropFirst())))
        }
    }
#endif
