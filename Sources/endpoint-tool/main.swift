import EndpointTool
import Foundation

exit(Tool.runProcess())
