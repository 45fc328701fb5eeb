import Foundation
import PackagePlugin

/// Makes Swift of a target's endpoint specs while it is built. The target needs nothing but the plugin and a
/// `service.json` at its root:
///
///     .target(name: "Weather", dependencies: ["EndpointKit"], plugins: ["EndpointPlugin"])
///
/// One command reads all specs and writes one Swift file for each, so that a mistake in one is shown along with those in
/// all others. Where `service.json` says `{ "extends": "Name" }`, the module of that name is looked for among the
/// target's dependencies.
///
/// A test target with the plugin and no `service.json` gets the examples of the modules that it depends on as typed calls.
@main
struct EndpointPlugin: BuildToolPlugin {
    /// With arguments, which the build command below gives, this is the generator; without, the package manager asks for
    /// commands. One binary is both, for the package manager builds it without the optimizer also for release.
    static func main() async throws {
        if CommandLine.arguments.count > 1 {
            let command = GenerateCommand { line in FileHandle.standardError.write(Data("\(line)\n".utf8)) }
            exit(command.run(Array(CommandLine.arguments.dropFirst())))
        }
        try await runForPackageManager()
    }

    /// This program.
    private static var executable: URL { URL(filePath: CommandLine.arguments[0]).absoluteURL }

    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let specs = SpecFiles(in: target.directoryURL)
        if target.kind == .test, specs.service == nil {
            let contracts = try contracts(context, target)
            if !contracts.isEmpty { return contracts }
        }
        guard let service = specs.service else {
            Diagnostics.error(
                "\(target.directoryURL.path)/service.json is missing: write { \"name\": …, \"baseURL\": … } for a service "
                    + "of your own, or { \"extends\": \"Name\" } to add endpoints to another module's service")
            return []
        }
        let output = context.pluginWorkDirectoryURL
        var arguments = ["--output", output.path, "--module", target.moduleName]
        // The program too, for another generator may write something else.
        var inputs = specs.all + [Self.executable]
        if let name = service["extends"] as? String {
            guard let base = Self.module(called: name, among: target.recursiveTargetDependencies) else {
                Diagnostics.error(
                    "\(target.directoryURL.path)/service.json extends \"\(name)\", but no dependency of the target "
                        + "\(target.name) has a service.json with that name: add the dependency, or correct the name")
                return []
            }
            arguments += ["--base", base.target.directoryURL.path, "--base-module", base.target.moduleName]
            inputs += base.specs.all
        }
        arguments.append(target.directoryURL.path)
        return [
            .buildCommand(
                displayName: "Generating Swift from the endpoint specs of \(target.name)",
                executable: Self.executable, arguments: arguments, inputFiles: inputs,
                outputFiles: ([OutputName.service] + specs.outputNames).map { output.appending(path: $0) })
        ]
    }

    /// A test target without specs of its own gets the examples of those it depends on, as typed calls.
    private func contracts(_ context: PluginContext, _ target: any SourceModuleTarget) throws -> [Command] {
        let executable = Self.executable
        return target.dependencies.compactMap { dependency in
            guard case .target(let tested) = dependency, let tested = tested as? any SourceModuleTarget else {
                return nil
            }
            let specs = SpecFiles(in: tested.directoryURL)
            guard let service = specs.service else { return nil }
            // A folder for each, for the tool removes what it finds and did not write.
            let output = context.pluginWorkDirectoryURL.appending(path: tested.moduleName)
            var arguments = ["--contract", "--output", output.path, "--module", tested.moduleName]
            var inputs = specs.all + [executable]
            if let name = service["extends"] as? String,
                let base = Self.module(called: name, among: tested.recursiveTargetDependencies)
            {
                arguments += ["--base", base.target.directoryURL.path, "--base-module", base.target.moduleName]
                inputs += base.specs.all
            }
            return .buildCommand(
                displayName: "Generating calls from the examples of \(tested.name)", executable: executable,
                arguments: arguments + [tested.directoryURL.path], inputFiles: inputs,
                outputFiles: [output.appending(path: OutputName.contract(of: tested.moduleName))])
        }
    }

    /// The module of a service's name, or of that name itself.
    private static func module(
        called name: String, among targets: [any Target]
    ) -> (target: any SourceModuleTarget, specs: SpecFiles)? {
        for target in targets {
            guard let target = target as? any SourceModuleTarget else { continue }
            let specs = SpecFiles(in: target.directoryURL)
            guard let service = specs.service, service["extends"] == nil else { continue }
            if service["name"] as? String == name || target.moduleName == name { return (target, specs) }
        }
        return nil
    }
}

extension Plugin {
    /// The `main` of PackagePlugin, which a `main` of the type itself hides: here the protocol's alone is known.
    fileprivate static func runForPackageManager() async throws { try await main() }
}
