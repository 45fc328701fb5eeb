import EndpointTool
import Foundation

let tool = Tool(
    output: { print($0) }, errorOutput: { line in FileHandle.standardError.write(Data("\(line)\n".utf8)) })
exit(tool.run(Array(CommandLine.arguments.dropFirst())))
