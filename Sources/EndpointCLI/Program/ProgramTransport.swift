import EndpointKit
import Foundation

extension Program {
    /// The transport of a command: what replaces the default one, or the system's with the authorities that `--cacert` names and
    /// the limit of `--idle-timeout`; nil for the default one.
    func transport(_ line: ParsedLine) throws(CommandFailure) -> (any Transport)? {
        let authorities = try authorities(line)
        let idle = try CallClient.seconds("idle-timeout", line)
        if transport != nil || (authorities == nil && idle == nil) { return transport }
        return SystemTransport.make(idleTimeout: idle ?? .seconds(60), certificateAuthorities: authorities)
    }

    private func authorities(_ line: ParsedLine) throws(CommandFailure) -> URL? {
        guard let file = line.value("cacert") else { return nil }
        let url = URL(filePath: file)
        guard (try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true,
            FileManager.default.isReadableFile(atPath: file)
        else { throw .usage("--cacert: \"\(file)\" is not a file that can be read") }
        guard SystemTransport.knowsAuthorities else {
            throw .usage("--cacert needs libcurl 7.68 or later; without it the machine's certificates are trusted")
        }
        return url
    }
}
