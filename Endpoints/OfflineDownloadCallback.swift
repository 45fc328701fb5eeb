import EndpointKit
import Foundation

/// What 123pan sends to the callback URL of an offline download (离线下载回调) or of an image migration (图床离线迁移回调)
/// when it has ended: a POST with JSON.
///
///     // in the handler of your web server
///     let callback = try OfflineDownloadCallback(body: requestBody)
///     if callback.status == .finished { print(callback.fileID ?? "") }
///
/// Callbacks carry no signature: anyone who knows the URL can send one. Before you rely on one, ask for the task's state.
///
/// Documentation: <https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/he47hsq2o1xvgado>,
/// <https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/ctigc3a08lqzsfnq>
public struct OfflineDownloadCallback: Codable, Sendable, Hashable {
    /// How it ended. The numbers are not those of the state that can be asked for.
    public struct Status: OpenEnum {
        public let rawValue: Int

        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        public static let finished = Self(rawValue: 0)
        public static let failed = Self(rawValue: 1)
        public static let known: KeyValuePairs<String, Int> = ["finished": 0, "failed": 1]
    }

    /// Where the file was downloaded from.
    public var url: String
    public var status: Status
    /// Empty on success. The documentation's prose calls it `fileReason`; both names are read.
    public var failReason: String
    /// The new file: a drive id in digits, or an image id. Nil where there is none.
    public var fileID: String?

    /// Reads the body of a callback.
    public init(body: Data) throws(DecodingError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: body)
        } catch let error as DecodingError {
            throw error
        } catch {
            throw .dataCorrupted(.init(codingPath: [], debugDescription: "\(error)"))
        }
    }

    public init(url: String, status: Status, failReason: String = "", fileID: String? = nil) {
        self.url = url
        self.status = status
        self.failReason = failReason
        self.fileID = fileID
    }

    private enum CodingKeys: String, CodingKey {
        case url, status, failReason, fileReason, fileID
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        url = try fields.decode(String.self, forKey: .url)
        status = try fields.lenient(Status.self, forKey: .status)
        failReason = try fields.decodeIfPresent(String.self, forKey: fields.key(.failReason, or: [.fileReason])) ?? ""
        fileID = try fields.lenientIfPresent(String.self, sentinels: [0, "0", ""], forKey: .fileID)
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(url, forKey: .url)
        try fields.encode(status, forKey: .status)
        try fields.encode(failReason, forKey: .failReason)
        try fields.encodeIfPresent(fileID, forKey: .fileID)
    }
}
