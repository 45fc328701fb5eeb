import Foundation
import PackagePlugin

/// `swift package endpoints lint | list | schema`: what endpoint-tool can say without writing anything.
///
/// It asks for no permission, so it writes nothing: `new` and `generate` are `swift run endpoint-tool`.
@main
struct EndpointCommands: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        let tool = try context.tool(named: "endpoint-tool").url
        guard let verb = arguments.first, verb != "help", verb != "--help" else {
            print("swift package endpoints lint|list|schema: endpoint-tool over every target that has a service.json")
            return try run(tool, ["--help"])
        }
        guard ["lint", "list", "schema", "--version"].contains(verb) else {
            Diagnostics.error(
                "unknown verb \"\(verb)\"; known: lint, list, schema (new and generate write files: swift run endpoint-tool)"
            )
            return
        }
        let rest = Array(arguments.dropFirst())
        let hasPath = rest.contains { !$0.hasPrefix("-") && FileManager.default.fileExists(atPath: $0) }
        guard verb == "lint" || verb == "list", !hasPath else { return try run(tool, arguments) }
        let folders = context.package.targets.compactMap { $0 as? any SourceModuleTarget }.map(\.directoryURL)
            .filter { FileManager.default.fileExists(atPath: $0.appending(path: "service.json").path) }
        guard !folders.isEmpty else {
            Diagnostics.error("no target of this package has a service.json at the root of its folder")
            return
        }
        let bases = dependencyFolders(of: context.package)
        for folder in folders {
            try run(tool, [verb] + rest + bases.flatMap { ["--base", $0.path] } + [folder.path])
        }
    }

    /// The services that specs here may extend.
    private func dependencyFolders(of package: Package) -> [URL] {
        var found: [URL] = []
        for target in package.targets {
            for dependency in target.recursiveTargetDependencies {
                guard let module = dependency as? any SourceModuleTarget, !found.contains(module.directoryURL),
                    FileManager.default.fileExists(atPath: module.directoryURL.appending(path: "service.json").path)
                else { continue }
                found.append(module.directoryURL)
            }
        }
        return found
    }

    private func run(_ tool: URL, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = tool
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { Diagnostics.error("endpoint-tool ended with \(process.terminationStatus)") }
    }
}
