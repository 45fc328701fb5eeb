import EndpointKit
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A call whose response is bytes: to a file, to another kind of destination, or to standard output.
///
/// Nothing is held in memory but the chunk that is on its way. A download to a file that was interrupted goes on where it
/// stopped, if the server says that the file is still the same.
struct Download: Sendable {
    let client: Client
    let call: PreparedCall
    let console: Console
    /// Explains an error of the call.
    let failure: @Sendable (APIError) -> CommandFailure
    /// The MD5 that the file must have, as the command's line says; nil if it does not.
    var md5: [UInt8]?
    /// The header field of a response with the MD5 of the whole file, as the spec says; nil if it does not.
    var md5Header: String?
    /// Whether an example responds, which may show the whole file where a part is asked for.
    var isOffline = false

    /// Writes the bytes to standard output.
    func toOutput() async throws(CommandFailure) {
        try await copy(try await open(call.request)) { data throws(CommandFailure) in try console.write(data) }
    }

    /// Writes the bytes to what `--output` names.
    func to(_ target: DownloadTarget) async throws(CommandFailure) {
        switch target {
        case .stream(let path): try await toStream(path)
        case .file(let path, let exists): try await toFile(path, replacing: exists)
        }
    }

    private func toStream(_ path: String) async throws(CommandFailure) {
        // Before anything is sent; opening a pipe waits for its reader.
        let descriptor = Self.openForWriting(path)
        guard descriptor >= 0 else { throw .usage("--output: \(path) cannot be opened: \(SystemError.last)") }
        defer { close(descriptor) }
        try await copy(try await open(call.request)) { data throws(CommandFailure) in
            let result: Result<Void, SystemError> = data.withUnsafeBytes { bytes in
                Result { () throws(SystemError) in try Descriptor.write(bytes, to: descriptor) }
            }
            do throws(SystemError) {
                try result.get()
            } catch {
                throw CommandFailure(.local, "\(path) cannot be written: \(error)")
            }
        }
    }

    private static func openForWriting(_ path: String) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, O_WRONLY | O_CLOEXEC)
        #elseif canImport(Musl)
            Musl.open(path, O_WRONLY | O_CLOEXEC)
        #else
            Darwin.open(path, O_WRONLY | O_CLOEXEC)
        #endif
    }

    // MARK: Files

    private func toFile(_ path: String, replacing exists: Bool) async throws(CommandFailure) {
        var part = try PartFile(for: path)
        var request = call.request
        // The bytes as they are stored: only then do ranges and lengths of two responses fit together.
        request.headers["Accept-Encoding"] = "identity"
        let address = Self.address(of: request.url)
        let isWhole = request.headers["Range"] == nil
        if isWhole, part.size > 0, let known = part.identity, let validator = known.validator, known.url == address {
            if let length = known.length, part.size >= length {
                if part.size == length {
                    return try finish(part, path, replacing: exists, [md5, known.md5].compactMap { $0 })
                }
            } else {
                request.headers["Range"] = "bytes=\(part.size)-"
                request.headers["If-Range"] = validator
            }
        }
        let isResumed = isWhole && request.headers["Range"] != nil
        let response = try await open(request, mayRefuseRange: isResumed)
        let identity = identity(of: response, at: address)
        if isResumed, response.status == 206 {
            guard let range = ContentRange(response.headers["Content-Range"]), range.first == part.size,
                range.length == nil || part.identity?.length == nil || range.length == part.identity?.length
            else {
                throw CommandFailure(
                    .network, "the server sent another part than the one from byte \(part.size); remove \(part.path)")
            }
            try part.resume()
        } else {
            try part.start(identity)
        }
        let total = isWhole ? part.identity?.length : nil
        let before = part.size
        do throws(CommandFailure) {
            try await append(response, to: &part, total)
        } catch {
            throw explained(error, part, total)
        }
        if let total, part.size != total {
            throw explained(
                CommandFailure(.network, "the connection ended after \(part.size) of \(total) bytes"), part, total)
        }
        // Content-MD5 is about this response's body, which is the whole file unless the download was resumed. The field of the
        // spec is about the whole file.
        let declared = before == 0 ? response.headers["Content-MD5"].flatMap { MD5.digest(written: $0) } : nil
        let whole = isWhole ? [identity.md5, part.identity?.md5].compactMap { $0 } : []
        if isWhole, !isOffline, let md5Header, whole.isEmpty {
            console.note("the response has no MD5 in \(md5Header): the bytes are not checked against it")
        }
        try finish(part, path, replacing: exists, [md5, declared].compactMap { $0 } + whole)
    }

    private func append(
        _ response: HTTPStreamedResponse, to part: inout PartFile, _ total: Int64?
    ) async throws(CommandFailure) {
        defer { console.progress(nil) }
        do throws(TransportError) {
            var shown: Int64 = -1
            for try await chunk in response.body {
                do throws(CommandFailure) {
                    try part.append(chunk)
                } catch {
                    // Through the type of the loop's errors.
                    throw TransportError(.other, mayHaveBeenSent: true, message: error.message, underlying: error)
                }
                if part.size >> 20 != shown {
                    shown = part.size >> 20
                    console.progress("\(shown) MiB" + (total.map { " of \($0 >> 20) MiB" } ?? ""))
                }
            }
        } catch {
            throw transferFailure(error)
        }
    }

    /// Checks the MD5 against those that are known, and gives the part the name of its destination.
    private func finish(
        _ part: borrowing PartFile, _ path: String, replacing exists: Bool, _ wanted: [[UInt8]]
    ) throws(CommandFailure) {
        if !wanted.isEmpty {
            let found = try part.md5()
            guard wanted.allSatisfy({ $0 == found.digest }) else {
                part.discard()
                throw CommandFailure(
                    .network,
                    "the bytes are damaged: their MD5 is \(found.hex); nothing was kept, run the command again")
            }
        }
        try part.finish(replacing: exists)
        console.note("\(path): \(part.size) bytes")
    }

    /// A failure with how the download goes on.
    private func explained(_ failure: CommandFailure, _ part: borrowing PartFile, _ total: Int64?) -> CommandFailure {
        var failure = failure
        guard part.size > 0 else { return failure }
        let rest = total.map { " of \($0)" } ?? ""
        failure.message +=
            part.identity?.validator == nil
            ? "; \(part.size)\(rest) bytes are in \(part.path), but the server does not tell whether the file is still the same: "
                + "the command begins again"
            : "; \(part.size)\(rest) bytes are in \(part.path): run the command again to go on"
        return failure
    }

    // MARK: Responses

    private func open(
        _ request: HTTPRequest, mayRefuseRange: Bool = false
    ) async throws(CommandFailure) -> HTTPStreamedResponse {
        let response: HTTPStreamedResponse
        do throws(APIError) {
            response = try await client.stream(call.endpoint, sending: request)
        } catch {
            throw failure(error)
        }
        if request.headers["Range"] != nil, response.status == 200, !mayRefuseRange, !isOffline {
            throw CommandFailure(.network, "the server ignored the range and sent the whole; leave it out")
        }
        return response
    }

    /// Reads a body to its end.
    private func copy(
        _ response: HTTPStreamedResponse, _ write: (Data) throws(CommandFailure) -> Void
    ) async throws(CommandFailure) {
        do throws(TransportError) {
            for try await chunk in response.body {
                do throws(CommandFailure) {
                    try write(chunk)
                } catch {
                    throw TransportError(.other, mayHaveBeenSent: true, message: error.message, underlying: error)
                }
            }
        } catch {
            throw transferFailure(error)
        }
    }

    private func transferFailure(_ error: TransportError) -> CommandFailure {
        if let local = error.underlying as? CommandFailure { return local }
        return failure(APIError(error))
    }

    private static func address(of url: URL) -> String {
        var components = URLComponents(url: url, resolvingAgainstBaseURL: false)
        components?.query = nil
        components?.fragment = nil
        return components?.string ?? ""
    }

    private func identity(of response: HTTPStreamedResponse, at address: String) -> PartFile.Identity {
        let headers = response.headers
        var length = headers["Content-Length"].flatMap { Int64($0) }
        if response.status == 206 { length = ContentRange(headers["Content-Range"])?.length }
        if headers["Content-Encoding"].map({ $0.lowercased() != "identity" }) ?? false { length = nil }
        let declared = md5Header.flatMap { headers[$0] }
        return PartFile.Identity(
            validator: Self.strongValidator(headers), length: length, url: address,
            md5: declared.flatMap { MD5.digest(written: $0) })
    }

    /// What two responses with the same bytes have in common (RFC 9110, 8.8.1): an `ETag` that is not weak, or a time of the last
    /// change that is so long before the response that the file cannot have changed twice in it (8.8.2.2).
    private static func strongValidator(_ headers: HTTPFields) -> String? {
        if let tag = headers["ETag"] { return tag.hasPrefix("W/") ? nil : tag }
        guard let text = headers["Last-Modified"], let changed = HTTPDate.date(from: text),
            let date = headers["Date"].flatMap(HTTPDate.date(from:)), date.timeIntervalSince(changed) >= 60
        else { return nil }
        return text
    }
}

/// `Content-Range: bytes 100-199/1000`.
struct ContentRange: Equatable {
    /// The first byte.
    var first: Int64
    /// The last byte.
    var last: Int64
    /// The length of the whole; nil if the server does not tell.
    var length: Int64?

    /// Nil if the text is not a range of bytes.
    init?(_ text: String?) {
        guard let text, text.hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
        let bounds = parts.first?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        guard parts.count == 2, bounds.count == 2, let first = Int64(bounds[0]), let last = Int64(bounds[1]),
            first >= 0, last >= first
        else { return nil }
        (self.first, self.last) = (first, last)
        guard parts[1] != "*" else { return }
        guard let length = Int64(parts[1]), length > last else { return nil }
        self.length = length
    }
}
