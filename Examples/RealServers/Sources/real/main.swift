import EndpointCLI
import Foundation
import HTTPBin
import KeyedHTTPBin
import Prometheus

exit(await EndpointCLI.run(name: "real", modules: [.httpBin, .keyedHTTPBin, .prometheus]))
