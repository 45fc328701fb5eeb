@_spi(Generated) import EndpointKit
import Foundation

/// What 123pan sends to the callback URL of an offline download (离线下载回调) or of an image migration (图床离线迁移回调)
/// when it has ended: a POST with JSON.
///
///     // in the handler of your web server
///     let callback = try OfflineDownloadCallback(body: requestBody)
///     if callback.status == .finished { print(callback.fileID ?? "") }
///
/// Callbacks carry no signature: anyone who knows the URL can send one. Before you rely on one, request the task's status.
///
/// Documentation: <https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/he47hsq2o1xvgado>,
/// <https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/ctigc3a08lqzsfnq>
public struct OfflineDownloadCallback: JSONCodable, Sendable, Hashable {
    /// How it ended. The numbers are not those of the task status that an endpoint returns.
    public struct Status: OpenEnum {
        /// The number that the callback carries.
        public let rawValue: Int

        /// Creates a status from its number; every number is accepted.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// The file was downloaded.
        public static let finished = Self(rawValue: 0)
        /// The download failed; ``OfflineDownloadCallback/failReason`` says why.
        public static let failed = Self(rawValue: 1)
        /// The documented values with their names.
        public static let known: KeyValuePairs<String, Int> = ["finished": 0, "failed": 1]
    }

    /// Where the file was downloaded from.
    public var url: String
    /// Whether the download succeeded.
    public var status: Status
    /// Empty on success. The documentation's prose calls it `fileReason`; both names are read.
    public var failReason: String
    /// The new file: a drive id in digits, or an image id. Nil where there is none.
    public var fileID: String?

    /// Reads the body of a callback.
    public init(body: Data) throws(DecodingError) {
        do {
            self = try Self(decoded: JSONValue(parsing: body))
        } catch let error as DecodingError {
            throw error
        } catch let violation as Violation {
            throw violation.decodingError(at: [])
        } catch {
            throw .dataCorrupted(.init(codingPath: [], debugDescription: "\(error)"))
        }
    }

    /// Creates a callback, for tests.
    public init(url: String, status: Status, failReason: String = "", fileID: String? = nil) {
        self.url = url
        self.status = status
        self.failReason = failReason
        self.fileID = fileID
    }

    /// Reads a callback leniently: the status and the file ID may be numbers or text.
    @_spi(Generated) public init(json: JSONReader) throws {
        url = try json["url"].string()
        status = try json.read(Self.statusField)
        failReason = try json.read(Self.failReasonField) ?? ""
        fileID = try json.read(Self.fileIDField)
    }

    /// Writes the callback under the documented names.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        json.object([("url", url), ("status", status), ("failReason", failReason), ("fileID", fileID)])
    }

    private static let statusField = Schema.Property("status", .integer().accepting(.string))
    private static let failReasonField = Schema.Property(
        "failReason", .string(), optional: true, aliases: ["fileReason"])
    private static let fileIDField = Schema.Property(
        "fileID", .string().accepting(.integer).sentinels([0, "0", ""]), optional: true)
}
