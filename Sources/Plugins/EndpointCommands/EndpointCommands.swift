import Foundation
import PackagePlugin

/// `swift package endpoints lint`: what `endpoint-tool` says about the specs of all targets of the package that have a
/// `service.json`. Writes nothing, and so asks for no permission.
@main
struct EndpointCommands: CommandPlugin {
    private static let help = """
        swift package endpoints lint [--target NAME]… [--format text|json|github] [SPECS]…
            Says all that is wrong with the specs of the package, or of the folders named.
        swift package endpoints list [--target NAME]… [--format text|json] [SPECS]…
            Lists the endpoints.
        swift package endpoints schema [endpoint|service|type]
            Prints the JSON Schema that an editor checks specs with.

        What writes files is not offered here: swift run endpoint-tool --help
        """

    func performCommand(context: PluginContext, arguments: [String]) async throws {
        var extractor = ArgumentExtractor(arguments)
        let names = extractor.extractOption(named: "target")
        let format = extractor.extractOption(named: "format").flatMap { ["--format", $0] }
        let words = extractor.remainingArguments
        guard let verb = words.first, !words.contains("--help"), verb != "help" else {
            print(Self.help)
            return
        }
        let tool = try context.tool(named: "endpoint-tool").url
        switch verb {
        case "schema" where !words.contains { $0.hasPrefix("--output") }: try run(tool, words)
        case "lint", "list":
            let named = words.dropFirst().filter { !$0.hasPrefix("-") }
            let targets = named.isEmpty ? try targets(of: context.package, named: names) : []
            let folders = targets.map(\.root.path)
            let bases = dependencies(of: context.package).filter { !folders.contains($0.root.path) }
            try run(
                tool,
                words + format + bases.flatMap { ["--base", $0.root.path] } + (bases + targets).flatMap(\.exclusions)
                    + folders)
        default:
            throw Failure(description: "\"endpoints \(words.joined(separator: " "))\" is not known.\n\(Self.help)")
        }
    }

    /// The targets with a `service.json`, of all or of those named.
    private func targets(of package: Package, named names: [String]) throws -> [TargetFiles] {
        let targets = Self.files(of: names.isEmpty ? package.targets : try package.targets(named: names))
        guard !targets.isEmpty else {
            throw Failure(description: "No target has a service.json: there are no endpoint specs to look at.")
        }
        return targets
    }

    /// The modules that the package's targets may extend.
    private func dependencies(of package: Package) -> [TargetFiles] {
        let files = Self.files(of: package.targets.flatMap(\.recursiveTargetDependencies))
        return Dictionary(files.map { ($0.root, $0) }) { first, _ in first }.values.sorted {
            $0.root.path < $1.root.path
        }
    }

    private static func files(of targets: [any Target]) -> [TargetFiles] {
        targets.compactMap { $0 as? any SourceModuleTarget }.map { TargetFiles(of: $0) }.filter(\.hasService)
    }

    private func run(_ tool: URL, _ words: [String]) throws {
        let process = try Process.run(tool, arguments: words)
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: break
        case 1: throw Failure(description: "The specs have mistakes.")
        default: throw Failure(description: "Nothing was looked at.\n\(Self.help)")
        }
    }
}

private struct Failure: Error, CustomStringConvertible {
    var description: String
}
