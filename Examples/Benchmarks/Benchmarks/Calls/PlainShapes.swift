// The shapes of Shapes.swift as one would write them by hand for Foundation's decoder: the fields as the service names them,
// times and joined lists as the text that they are.

struct PlainFileDetail: Decodable {
    var fileID: Int64
    var filename: String
    var type: Int
    var size: Int64
    var etag: String
    var status: Int
    var parentFileID: Int64
    var createAt: String
    var trashed: Int
}

struct PlainFileInfos: Decodable {
    var fileList: [PlainFiles.Item]
}

struct PlainShares: Decodable {
    struct Share: Decodable {
        var shareId: Int64
        var shareKey: String
        var shareName: String
        var expiration: String
        var expired: Int
        var sharePwd: String
        var trafficSwitch: Int
        var trafficLimitSwitch: Int
        var trafficLimit: Int64
        var bytesCharge: Int64
        var previewCount: Int
        var downloadCount: Int
        var saveCount: Int
    }

    var lastShareId: Int64
    var shareList: [Share]
}

struct PlainPaidShares: Decodable {
    struct Share: Decodable {
        var shareId: Int64
        var shareKey: String
        var shareName: String
        var payAmount: Double
        var amount: Double
        var expiration: String
        var expired: Int
        var trafficSwitch: Int
        var trafficLimitSwitch: Int
        var trafficLimit: Int64
        var bytesCharge: Int64
        var previewCount: Int
        var downloadCount: Int
        var saveCount: Int
        var auditStatus: Int?
        var createAt: String?
        var updateAt: String?
        var orderCnt: Int?
    }

    var lastShareId: Int64
    var shareList: [Share]
}

struct PlainCloudVideos: Decodable {
    struct Video: Decodable {
        var fileId: Int64
        var filename: String
        var type: Int
        var size: Int64
        var etag: String
        var status: Int
        var parentFileId: Int64
        var category: Int
        var trashed: Int?
        var createAt: String?
        var updateAt: String?
    }

    var lastFileId: Int64
    var fileList: [Video]
}

// swift-format-ignore: AlwaysUseLowerCamelCase
struct PlainTranscodeResults: Decodable {
    struct File: Decodable {
        var FileName: String
        var FileSize: String
        var Resolution: String
        var CreateAt: String
        var Url: String
    }

    struct Item: Decodable {
        var Id: Int64?
        var Uid: Int64
        var Resolution: String
        var Status: Int
        var CreateAt: String?
        var UpdateAt: String?
        var Files: [File]
    }

    var UserTranscodeVideoList: [Item]
}

// swift-format-ignore: AlwaysUseLowerCamelCase
struct PlainVideoResolutions: Decodable {
    var IsGetResolution: Bool
    var Resolutions: String
    var NowOrFinishedResolutions: String
    var CodecNames: String
    var VideoTime: Double
}

struct PlainUpload: Decodable {
    var reuse: Bool
    var fileID: Int64
    var preuploadID: String
    var sliceSize: Int64
    var servers: [String]
}

struct PlainImage: Decodable {
    var fileId: String
    var filename: String
    var type: Int
    var size: Int64
    var etag: String
    var status: Int
    var createAt: String
    var updateAt: String
    var downloadURL: String
    var userSelfURL: String
    var totalTraffic: Int64
    var parentFileId: String
    var parentFilename: String
    var `extension`: String
    var s3KeyFlag: String?
    var storageNode: String?
    var ossIndex: Int?
}
