import EndpointCLI
import Foundation
import Pan123
import Pan123Simulator

exit(
    await EndpointCLI.run(
        name: "pan", version: ToolkitVersion.current, modules: [.pan123], offline: { Pan123Simulator() }))
