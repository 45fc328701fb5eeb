// A terminal program with the commands of three modules:
//
//     swift run custom list
//     swift run custom forecast current-weather --latitude 30.25 --longitude 120.17
//     swift run custom oss first-copy-failures --task-id demo --offline
import EndpointCLI
import Foundation
import MoreOSS
import Pan123
import Pan123Simulator
import Weather

exit(await EndpointCLI.run(name: "custom", modules: [.pan123, .moreOSS, .weather], offline: { Pan123Simulator() }))
