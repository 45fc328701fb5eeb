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
/// A test target with the plugin and no `service.json` gets the examples of the package's targets that it depends on as
/// typed calls, which need EndpointTesting.
@main
struct EndpointPlugin: BuildToolPlugin {
    /// With arguments, which the build commands below give, this is the generator; without, the package manager asks for
    /// commands.
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        if !words.isEmpty { exit(GeneratorCommand.run(words)) }
        try await runForPackageManager()
    }

    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let specs = TargetFiles(of: target)
        let generator = try GeneratorCommand(context)
        guard let service = specs.service else {
            if target.kind == .test { return contracts(context, target, generator) }
            Self.reportMissingService(of: target, specs)
            return []
        }
        let output = context.pluginWorkDirectoryURL
        var arguments = ["--output", output.path, "--module", target.moduleName]
        var inputs = specs.all + generator.inputs
        if let name = service["extends"] as? String {
            guard let base = Self.module(called: name, among: target.recursiveTargetDependencies) else {
                Diagnostics.error(
                    "\(target.directoryURL.path)/service.json extends \"\(name)\", but no dependency of the target "
                        + "\(target.name) has a service.json with that name: add the dependency, or correct the name")
                return []
            }
            arguments += base.options
            inputs += base.specs.all
        }
        let current = [OutputName.service] + specs.outputNames
        let former = Self.formerOutputs(in: output, besides: current)
        arguments += former.flatMap { ["--emptied", $0] }
        arguments += specs.exclusions + [target.directoryURL.path]
        return [
            .buildCommand(
                displayName: "Generating Swift from the endpoint specs of \(target.name)",
                executable: generator.executable, arguments: generator.arguments + arguments, inputFiles: inputs,
                outputFiles: (current + former).map { output.appending(path: $0) })
        ]
    }

    /// The files of specs that were renamed or removed since the last clean build. They stay, without declarations: the
    /// compiler compiles a whole module anew when one of its files has gone.
    private static func formerOutputs(in folder: URL, besides current: [String]) -> [String] {
        // On some file systems names that differ by case only are one file.
        let current = Set(current.map { $0.lowercased() })
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return found.filter { $0.hasSuffix(".swift") && !current.contains($0.lowercased()) }.sorted()
    }

    private static func reportMissingService(of target: any SourceModuleTarget, _ specs: TargetFiles) {
        let path = "\(target.directoryURL.path)/service.json"
        Diagnostics.error(
            FileManager.default.fileExists(atPath: path)
                ? "\(path) is a resource of the target \(target.name), or excluded from it: in Package.swift, let "
                    + "\"resources\" and \"exclude\" name other files"
                : "\(path) is missing: write { \"name\": …, \"baseURL\": … } for a service of your own, or "
                    + "{ \"extends\": \"Name\" } to add endpoints to another module's service")
    }

    /// A test target without specs of its own gets the examples of those it depends on, as typed calls.
    private func contracts(
        _ context: PluginContext, _ target: any SourceModuleTarget, _ generator: GeneratorCommand
    ) -> [Command] {
        let tested = target.dependencies.compactMap { dependency -> (any SourceModuleTarget, TargetFiles)? in
            guard case .target(let tested) = dependency, let tested = tested as? any SourceModuleTarget else {
                return nil
            }
            let specs = TargetFiles(of: tested)
            return specs.service == nil ? nil : (tested, specs)
        }
        guard !tested.isEmpty else {
            Diagnostics.error(
                "the test target \(target.name) uses EndpointPlugin, but none of the targets that it depends on has a "
                    + "service.json: add the target whose specs are to be tested to its \"dependencies\"")
            return []
        }
        guard target.recursiveTargetDependencies.contains(where: { $0.name == "EndpointTesting" }) else {
            Diagnostics.error(
                "the test target \(target.name) uses EndpointPlugin, whose typed calls need EndpointTesting: add "
                    + "the product \"EndpointTesting\" of the package that has the plugin to its \"dependencies\"")
            return []
        }
        return tested.map { tested, specs in contract(of: tested, specs, in: context.pluginWorkDirectoryURL, generator)
        }
    }

    private func contract(
        of tested: any SourceModuleTarget, _ specs: TargetFiles, in folder: URL, _ generator: GeneratorCommand
    ) -> Command {
        // A folder for each, for the tool removes what it finds and did not write.
        let output = folder.appending(path: tested.moduleName)
        var arguments = ["--contract", "--output", output.path, "--module", tested.moduleName]
        var inputs = specs.all + generator.inputs
        if let name = specs.service?["extends"] as? String,
            let base = Self.module(called: name, among: tested.recursiveTargetDependencies)
        {
            arguments += base.options
            inputs += base.specs.all
        }
        return .buildCommand(
            displayName: "Generating calls from the examples of \(tested.name)", executable: generator.executable,
            arguments: generator.arguments + arguments + specs.exclusions + [tested.directoryURL.path],
            inputFiles: inputs,
            outputFiles: [output.appending(path: OutputName.contract(of: tested.moduleName))])
    }

    /// A module that another one extends.
    private struct Base {
        var target: any SourceModuleTarget
        var specs: TargetFiles

        var options: [String] {
            ["--base", target.directoryURL.path, "--base-module", target.moduleName] + specs.exclusions
        }
    }

    /// The module of a service's name, or of that name itself.
    private static func module(called name: String, among targets: [any Target]) -> Base? {
        for target in targets {
            guard let target = target as? any SourceModuleTarget else { continue }
            let specs = TargetFiles(of: target)
            guard let service = specs.service, service["extends"] == nil else { continue }
            if service["name"] as? String == name || target.moduleName == name {
                return Base(target: target, specs: specs)
            }
        }
        return nil
    }
}

extension Plugin {
    /// The `main` of PackagePlugin, which a `main` of the type itself hides: here the protocol's alone is known.
    fileprivate static func runForPackageManager() async throws { try await main() }
}

/// What the build plugin wants to know of a target's specs.
extension TargetFiles {
    /// Every JSON file is an input of the command, also what is not a spec: the tool says so, and the package manager takes
    /// it as accounted for.
    var all: [URL] { paths.map { root.appending(path: $0) } }

    /// The Swift files that come from endpoints and types.
    var outputNames: [String] { Array(Set(paths.compactMap(OutputName.file(forSpecAt:)))).sorted() }

    /// `service.json`; empty where it is there but cannot be read, for the tool says why.
    var service: [String: Any]? {
        guard hasService else { return nil }
        guard let data = try? Data(contentsOf: root.appending(path: "service.json")) else { return [:] }
        return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
    }
}
