import Foundation
import PackagePlugin

/// Turns the endpoint specs of a target into Swift while it is built.
///
/// One command for a target: it sees all specs at once, so all mistakes show at once, and writes only what changed.
@main
struct EndpointPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let module = SpecModule(target) else {
            Diagnostics.error(
                "\(target.name) uses EndpointPlugin but has no service.json: put one at the root of its folder, "
                    + #"with { "extends": "<module>" } or with the name and base URL of a service"#)
            return []
        }
        var arguments = ["generate", "--module", target.name]
        var inputs = module.files
        if let name = module.extendedService {
            guard let base = Self.extended(name, by: target) else {
                Diagnostics.error(
                    "\(target.name) extends \(name), but none of its dependencies has a service.json with that name: "
                        + "add the module to the target's dependencies")
                return []
            }
            arguments += ["--base", base.folder.path, "--base-module", base.target]
            inputs += base.files
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "Generated")
        arguments += ["--output", output.path, module.folder.path]
        let names = [OutputName.service] + module.specs.compactMap { OutputName.file(forSpecAt: $0) }
        return [
            .buildCommand(
                displayName: "Endpoints of \(target.name)",
                executable: try context.tool(named: "endpoint-tool").url, arguments: arguments, inputFiles: inputs,
                outputFiles: Set(names).sorted().map { output.appending(path: $0) })
        ]
    }

    /// The module among the target's dependencies, near or far, that declares the service.
    private static func extended(_ name: String, by target: any Target) -> SpecModule? {
        target.recursiveTargetDependencies.lazy.compactMap { SpecModule($0) }
            .first { $0.extendedService == nil && ($0.serviceName == name || $0.target == name) }
    }
}
