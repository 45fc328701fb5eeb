import EndpointKit
import Foundation

extension Program {
    /// The transport of a command: what replaces the default one, or the system's with the authorities that `--cacert` names;
    /// nil for the default one.
    func transport(_ line: ParsedLine) throws(CommandFailure) -> (any Transport)? {
        guard let file = line.value("cacert") else { return transport }
        let url = URL(filePath: file)
        guard (try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true,
            FileManager.default.isReadableFile(atPath: file)
        else { throw .usage("--cacert: \"\(file)\" is not a file that can be read") }
        guard SystemTransport.knowsAuthorities else {
            throw .usage("--cacert needs libcurl 7.68 or later; without it the machine's certificates are trusted")
        }
        return transport ?? SystemTransport.make(certificateAuthorities: url)
    }
}
