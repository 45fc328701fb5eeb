// Responds to every request with a page, over connections that stay open: a thread for each, since that costs least.
// Prints its port. `taskID` says how many items there are in all; `page` makes the first item another one. `/never` has no
// response; those to `/together?count=N` are sent when N requests for it have come.
import Foundation
import Page

#if canImport(Glibc)
    let stream = Int32(SOCK_STREAM.rawValue)
#else
    let stream = SOCK_STREAM
#endif

/// The number after `name=`; the pages' own size if there is none.
func number(_ name: String, in request: Substring) -> Int {
    guard let start = request.range(of: "\(name)=")?.upperBound else { return Page.size }
    return Int(request[start...].prefix(while: \.isNumber)) ?? Page.size
}

/// Holds requests back until so many have come.
final class Gate: Sendable {
    private let condition = NSCondition()
    // Guarded by the condition.
    nonisolated(unsafe) private var count = 0
    nonisolated(unsafe) private var opened = 0

    func wait(for count: Int) {
        condition.lock()
        defer { condition.unlock() }
        let turn = opened
        self.count += 1
        if self.count >= count {
            self.count = 0
            opened += 1
            condition.broadcast()
        }
        while opened == turn { condition.wait() }
    }
}

let gate = Gate()

func serve(_ connection: Int32) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var filled = 0
    var responses: [Int: (bytes: [UInt8], id: Int?)] = [:]
    while true {
        let count = buffer.withUnsafeMutableBytes { bytes in
            recv(connection, bytes.baseAddress?.advanced(by: filled), bytes.count - filled, 0)
        }
        guard count > 0 else { break }
        filled += count
        guard buffer[..<filled].suffix(4).elementsEqual("\r\n\r\n".utf8) else { continue }
        let line = String(decoding: buffer[..<filled], as: UTF8.self).prefix { $0 != "\r\n" }
        filled = 0
        if line.contains("/never") { continue }
        if line.contains("/together") { gate.wait(for: number("count", in: line)) }
        let total = number("taskID", in: line)
        var response =
            responses[total]
            ?? {
                let body = Page.body(total: total)
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
                let bytes = Array(head.utf8) + body
                let id = Data(bytes).range(of: Data("\(Page.firstID)".utf8))
                return (bytes, id?.lowerBound)
            }()
        if let id = response.id {
            let digits = "\(Page.firstID + Page.size * number("page", in: line))".utf8
            response.bytes.replaceSubrange(id..<id + digits.count, with: digits)
        }
        responses[total] = response
        guard send(connection, response.bytes, response.bytes.count, 0) == response.bytes.count else { break }
    }
    close(connection)
}

signal(SIGPIPE, SIG_IGN)
let listener = socket(AF_INET, stream, 0)
var address = sockaddr_in()
address.sin_family = sa_family_t(AF_INET)
address.sin_addr.s_addr = inet_addr("127.0.0.1")
var length = socklen_t(MemoryLayout<sockaddr_in>.size)
let isListening = withUnsafeMutableBytes(of: &address) { bytes in
    let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
    return bind(listener, address, length) == 0 && listen(listener, 1024) == 0
        && getsockname(listener, address, &length) == 0
}
guard isListening else {
    perror("PageServer")
    exit(1)
}
FileHandle.standardOutput.write(Data("\(UInt16(bigEndian: address.sin_port))\n".utf8))
while true {
    let connection = accept(listener, nil, nil)
    guard connection >= 0 else { continue }
    var on: Int32 = 1
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    Thread.detachNewThread { serve(connection) }
}
