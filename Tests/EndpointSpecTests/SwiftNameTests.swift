import EndpointCore
import EndpointSpec
import Testing

@Suite("Names in Swift")
struct SwiftNameTests {
    @Test(
        "values are in lower camel case with one form of each acronym",
        arguments: [
            ("fileId", "fileID"), ("fileID", "fileID"), ("file_id", "fileID"), ("file-id", "fileID"),
            ("FileID", "fileID"), ("fileIDs", "fileIDs"), ("fileIds", "fileIDs"), ("fileIdList", "fileIDList"),
            ("md5", "md5"), ("MD5", "md5"), ("url", "url"), ("URL", "url"), ("uid", "uid"), ("Uid", "uid"),
            ("ids", "ids"), ("Id", "id"), ("sliceMD5", "sliceMD5"), ("sliceMd5", "sliceMD5"),
            ("preuploadID", "preuploadID"), ("IsGetResolution", "isGetResolution"), ("create_at", "createAt"),
            ("CREATED_AT", "createdAt"), ("m3u8", "m3u8"), ("m3u8_ts", "m3u8TS"), ("clientID", "clientID"),
            ("client_id", "clientID"), ("x-traceID", "xTraceID"), ("Content-Type", "contentType"),
            ("callBackUrl", "callBackURL"), ("downloadURLs", "downloadURLs"), ("userSelfURL", "userSelfURL"),
            ("isHideUID", "isHideUID"), ("isVip", "isVIP"), ("vipInfo", "vipInfo"), ("httpsCount", "httpsCount"),
            ("useHttps", "useHTTPS"), ("sha1", "sha1"), ("fileSha1", "fileSHA1"), ("sha1_reuse", "sha1Reuse"),
            ("ossIndex", "ossIndex"), ("listOSSFiles", "listOSSFiles"), ("ipList", "ipList"), ("IpList", "ipList"),
            ("serverDNS", "serverDNS"), ("OSS", "oss"), ("DirectLink", "directLink"), ("File", "file"),
            ("s3KeyFlag", "s3KeyFlag"), ("_id", "id"), ("$type", "type"), ("status", "status"), ("页", ""), ("", ""),
        ])
    func lowerCamel(name: String, expected: String) {
        #expect(SwiftName.lowerCamel(name) == expected)
    }

    @Test(
        "types are in upper camel case",
        arguments: [
            ("fileId", "FileID"), ("listCopyFailures", "ListCopyFailures"), ("oss", "OSS"), ("fileIds", "FileIDs"),
            ("m3u8", "M3u8"), ("user_token", "UserToken"), ("vipInfo", "VIPInfo"),
        ])
    func upperCamel(name: String, expected: String) {
        #expect(SwiftName.upperCamel(name) == expected)
    }

    @Test(
        "commands and options are in kebab case",
        arguments: [
            ("fileID", "file-id"), ("fileIDs", "file-ids"), ("sliceMD5", "slice-md5"), ("xTraceID", "x-trace-id"),
            ("listCopyFailures", "list-copy-failures"), ("limit", "limit"), ("m3u8TS", "m3u8-ts"),
            ("isHideUID", "is-hide-uid"), ("directLink", "direct-link"),
        ])
    func kebab(name: String, expected: String) {
        #expect(SwiftName.kebab(name) == expected)
    }

    @Test(
        "items are called as one of what their array is called",
        arguments: [
            ("fileList", "file"), ("files", "file"), ("file_list", "file"), ("fileIDs", "fileID"), ("list", "item"),
            ("categories", "category"), ("addresses", "address"), ("boxes", "box"), ("batches", "batch"),
            ("status", "status"), ("news", "news"), ("data", "data"), ("address", "address"),
            ("Resolutions", "Resolution"),
        ])
    func singular(name: String, expected: String) {
        #expect(SwiftName.singular(name) == expected)
    }

    @Test(
        "a Swift name stays as it is when it is made again", arguments: ["fileIDs", "xTraceID", "sliceMD5", "vipInfo"])
    func stable(name: String) {
        #expect(SwiftName.lowerCamel(name) == name)
    }

    @Test("identifiers are ASCII letters, digits and underscores")
    func identifiers() {
        #expect(["a", "_a", "fileID", "a1", "default"].allSatisfy(SwiftName.isIdentifier))
        #expect(!["", "1a", "_", "a-b", "a b", "é", "页"].contains(where: SwiftName.isIdentifier))
    }
}
