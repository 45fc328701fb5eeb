import Foundation
import PackagePlugin

/// How build commands run the generator: by the plugin's own program, which a plugin's commands always have. On Linux it
/// compiles and runs another one, elsewhere the generator is part of it.
struct GeneratorCommand {
    /// The program.
    let executable = URL(filePath: CommandLine.arguments[0]).absoluteURL
    /// The words before those of the generator.
    let arguments: [String]
    /// The program and what else makes the generator, for another one may write something else.
    let inputs: [URL]

    #if os(Linux)
        init(_ context: PluginContext) throws {
            arguments = [try context.tool(named: "swiftc").url.path]
            inputs = [executable] + GeneratorProgram.sources.map { URL(filePath: $0) }
        }

        /// Does what a build command with these words asks for.
        static func run(_ words: [String]) -> Int32 {
            GeneratorProgram(compiler: words[0]).run(Array(words.dropFirst()))
        }
    #else
        init(_ context: PluginContext) throws {
            arguments = []
            inputs = [executable]
        }

        /// Does what a build command with these words asks for.
        static func run(_ words: [String]) -> Int32 {
            let command = GenerateCommand { line in FileHandle.standardError.write(Data("\(line)\n".utf8)) }
            return command.run(words)
        }
    #endif
}
