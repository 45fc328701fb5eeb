#if os(Linux)
    internal import CLibcurl

    /// The system's libcurl: looked up once in a process.
    struct CurlLibrary: Sendable {
        /// The library; nil if there is none that can be used.
        static var shared: CurlLibrary? { try? lookup.get() }
        /// Why there is none that can be used, such as `libcurl.so.4 was not found`; nil if there is one.
        static var absence: String? {
            if case .failure(let absence) = lookup { absence.reason } else { nil }
        }

        private static let lookup = Result { () throws(Absence) in try CurlLibrary() }

        private struct Absence: Error {
            var reason: String
        }

        /// The version and the TLS library, such as `libcurl 7.88.1 (OpenSSL/3.0.19)`.
        let description: String
        /// The file of trusted certificates that the library was built with; nil if it does not say so.
        let certificateFile: String?
        /// Whether it reports that it is about to send a request (7.80). Before, nothing tells whether a request was sent, and
        /// one that must not be repeated needs a connection of its own: only a connection that is used again leads to
        /// libcurl's own repetition.
        var reportsRequests: Bool
        /// Whether a transfer can be given up while its host's name is being resolved (7.87). Before, that blocks the thread
        /// and all its transfers until there is an answer, for 9.8 s in a test.
        var endsResolutions: Bool
        /// Whether bodies in `gzip` and `deflate` can be read, for which zlib is needed.
        let inflates: Bool

        private init() throws(Absence) {
            if let missing = clibcurl_load() { throw Absence(reason: "\(String(cString: missing)) was not found") }
            guard clibcurl_global_init(3) == 0, let version = clibcurl_version_info()?.pointee else {
                throw Absence(reason: "libcurl cannot be initialized")
            }
            let name = version.version.map { String(cString: $0) } ?? "?"
            guard version.version_number >= 0x07_44_00 else {
                throw Absence(reason: "libcurl \(name) is older than 7.68")
            }
            let tls = version.ssl_version.map { " (\(String(cString: $0)))" } ?? ""
            description = "libcurl \(name)\(tls)"
            // Before libcurl 7.70 the structure ends before this member.
            certificateFile = version.age >= 6 ? version.ca_file.map { String(cString: $0) } : nil
            reportsRequests = version.version_number >= 0x07_50_00
            endsResolutions = version.version_number >= 0x07_57_00
            inflates = clibcurl_zlib_load() == nil
            CurlExit.prepare()
        }

        /// libcurl's text for a result.
        static func text(of code: Int32) -> String {
            clibcurl_easy_strerror(code).map { String(cString: $0) } ?? "error \(code)"
        }
    }

    /// The numbers of libcurl's options. They never change.
    enum CurlOption {
        // Long values
        static let noBody: Int32 = 44
        static let upload: Int32 = 46
        static let post: Int32 = 47
        static let httpGet: Int32 = 80
        static let httpVersion: Int32 = 84
        static let freshConnect: Int32 = 74
        static let bufferSize: Int32 = 98
        static let noSignal: Int32 = 99
        static let connectTimeout: Int32 = 156
        static let protocols: Int32 = 181
        static let headerSeparation: Int32 = 229
        static let pathAsIs: Int32 = 234
        static let waitsForMultiplexing: Int32 = 237
        static let suppressesConnectHeaders: Int32 = 265
        static let uploadBufferSize: Int32 = 280
        static let maximumConnectionAge: Int32 = 288
        static let quickExit: Int32 = 322
        // Pointers
        static let writeData: Int32 = 10001
        static let url: Int32 = 10002
        static let proxy: Int32 = 10004
        static let readData: Int32 = 10009
        static let errorBuffer: Int32 = 10010
        static let postFields: Int32 = 10015
        static let headers: Int32 = 10023
        static let certificate: Int32 = 10025
        static let keyPassword: Int32 = 10026
        static let headerData: Int32 = 10029
        static let customRequest: Int32 = 10036
        static let certificateFile: Int32 = 10065
        static let key: Int32 = 10087
        static let certificateDirectory: Int32 = 10097
        static let privateData: Int32 = 10103
        static let openSocketData: Int32 = 10164
        static let closeSocketData: Int32 = 10209
        static let unixSocket: Int32 = 10231
        static let proxyCertificateFile: Int32 = 10246
        static let proxyCertificateDirectory: Int32 = 10247
        static let requestTarget: Int32 = 10266
        static let parsedURL: Int32 = 10282
        static let requestData: Int32 = 10313
        // Functions
        static let writeFunction: Int32 = 20011
        static let readFunction: Int32 = 20012
        static let headerFunction: Int32 = 20079
        static let openSocketFunction: Int32 = 20163
        static let closeSocketFunction: Int32 = 20208
        static let requestFunction: Int32 = 20312
        // 64-bit values
        static let uploadSize: Int32 = 30115
        static let postFieldSize: Int32 = 30120
        // Of the multi handle
        static let multiPipelining: Int32 = 3
        static let multiMaximumConnections: Int32 = 6
        static let multiMaximumHostConnections: Int32 = 7
        static let multiSocketData: Int32 = 10002
        static let multiTimerData: Int32 = 10005
        static let multiSocketFunction: Int32 = 20001
        static let multiTimerFunction: Int32 = 20004
        // Of a finished transfer
        static let infoPrivate: Int32 = 0x10_0015
    }

    /// The results of libcurl that this transport tells apart.
    enum CurlResult {
        static let ok: Int32 = 0
        static let unsupportedProtocol: Int32 = 1
        static let malformedURL: Int32 = 3
        static let writeError: Int32 = 23
        static let outOfMemory: Int32 = 27
        static let timedOut: Int32 = 28
        static let abortedByCallback: Int32 = 42
        /// Refused certificates: of the server (51 before libcurl 7.62), of the client, and files that cannot be read.
        static let certificates: Set<Int32> = [51, 58, 60, 66, 77, 80, 82, 83, 90, 91, 98]
    }

    /// What a callback returns to have a transfer pause.
    let curlPause = 0x1000_0001
#endif
