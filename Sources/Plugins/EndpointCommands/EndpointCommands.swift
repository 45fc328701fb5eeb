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
            let folders = named.isEmpty ? try folders(of: context.package, targets: names) : []
            let bases = dependencies(of: context.package).filter { !folders.contains($0) }
            try run(tool, words + format + bases.flatMap { ["--base", $0] } + folders)
        default:
            throw Failure(description: "\"endpoints \(words.joined(separator: " "))\" is not known.\n\(Self.help)")
        }
    }

    /// The folders with a `service.json`, of all targets or of those named.
    private func folders(of package: Package, targets names: [String]) throws -> [String] {
        let targets = names.isEmpty ? package.targets : try package.targets(named: names)
        let folders = targets.map(\.directoryURL.path).filter(Self.hasService)
        guard !folders.isEmpty else {
            throw Failure(description: "No target has a service.json: there are no endpoint specs to look at.")
        }
        return folders
    }

    /// Folders of modules that the package's targets may extend.
    private func dependencies(of package: Package) -> [String] {
        let targets = package.targets.flatMap(\.recursiveTargetDependencies)
        return Array(Set(targets.map(\.directoryURL.path).filter(Self.hasService))).sorted()
    }

    private static func hasService(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/service.json")
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
