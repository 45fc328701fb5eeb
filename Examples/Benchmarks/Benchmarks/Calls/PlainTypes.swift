// The responses as one would declare them by hand, for `JSONDecoder` and for a reader by hand.

struct PlainResponse<Payload: PlainPayload>: Decodable {
    var code: Int
    var message: String
    var data: Payload
    var traceID: String

    enum CodingKeys: String, CodingKey {
        case code, message, data
        case traceID = "x-traceID"
    }

    init(_ reader: inout HandReader) throws {
        var (code, message, data, traceID) = (Int64?.none, String?.none, Payload?.none, String?.none)
        try reader.object { reader, key in
            if key == "code" {
                code = try reader.integer()
            } else if key == "message" {
                message = try reader.string()
            } else if key == "data" {
                data = try Payload(&reader)
            } else if key == "x-traceID" {
                traceID = try reader.string()
            } else {
                try reader.skip()
            }
        }
        guard let code, let message, let data, let traceID else { throw WrongResponse() }
        (self.code, self.message, self.data, self.traceID) = (Int(code), message, data, traceID)
    }
}

protocol PlainPayload: Decodable, Sendable {
    init(_ reader: inout HandReader) throws
    var count: Int { get }
}

struct PlainFailures: PlainPayload {
    struct Item: Decodable, Sendable {
        var fileId: Int64
        var filename: String
    }

    var total: Int
    var list: [Item]
    var count: Int { list.count }

    init(_ reader: inout HandReader) throws {
        var (total, list) = (Int64?.none, [Item]?.none)
        try reader.object { reader, key in
            if key == "total" {
                total = try reader.integer()
            } else if key == "list" {
                list = try reader.array { reader in
                    var (id, name) = (Int64?.none, String?.none)
                    try reader.object { reader, key in
                        if key == "fileId" {
                            id = try reader.integer()
                        } else if key == "filename" {
                            name = try reader.string()
                        } else {
                            try reader.skip()
                        }
                    }
                    guard let id, let name else { throw WrongResponse() }
                    return Item(fileId: id, filename: name)
                }
            } else {
                try reader.skip()
            }
        }
        guard let total, let list else { throw WrongResponse() }
        (self.total, self.list) = (Int(total), list)
    }
}

struct PlainFiles: PlainPayload {
    struct Item: Decodable, Sendable {
        var fileId: Int64
        var filename: String
        var type: Int64
        var size: Int64
        var etag: String
        var status: Int64
        var parentFileId: Int64
        var category: Int64
        var trashed: Int64
        var punishFlag: Int64?
        var s3KeyFlag: String?
        var storageNode: String?
        var createAt: String?
        var updateAt: String?
    }

    var lastFileId: Int64
    var fileList: [Item]
    var count: Int { fileList.count }

    init(_ reader: inout HandReader) throws {
        var (last, list) = (Int64?.none, [Item]?.none)
        try reader.object { reader, key in
            if key == "lastFileId" {
                last = try reader.integer()
            } else if key == "fileList" {
                list = try reader.array { try Item(&$0) }
            } else {
                try reader.skip()
            }
        }
        guard let last, let list else { throw WrongResponse() }
        (lastFileId, fileList) = (last, list)
    }
}

extension PlainFiles.Item {
    init(_ reader: inout HandReader) throws {
        var (id, name, type, size) = (Int64?.none, String?.none, Int64?.none, Int64?.none)
        var (etag, status, parent, category) = (String?.none, Int64?.none, Int64?.none, Int64?.none)
        var (trashed, punishFlag, flag, node) = (Int64?.none, Int64?.none, String?.none, String?.none)
        var (created, updated) = (String?.none, String?.none)
        try reader.object { reader, key in
            if key == "fileId" {
                id = try reader.integer()
            } else if key == "filename" {
                name = try reader.string()
            } else if key == "type" {
                type = try reader.integer()
            } else if key == "size" {
                size = try reader.integer()
            } else if key == "etag" {
                etag = try reader.string()
            } else if key == "status" {
                status = try reader.integer()
            } else if key == "parentFileId" {
                parent = try reader.integer()
            } else if key == "category" {
                category = try reader.integer()
            } else if key == "trashed" {
                trashed = try reader.integer()
            } else if key == "punishFlag" {
                punishFlag = try reader.integer()
            } else if key == "s3KeyFlag" {
                flag = try reader.string()
            } else if key == "storageNode" {
                node = try reader.string()
            } else if key == "createAt" {
                created = try reader.string()
            } else if key == "updateAt" {
                updated = try reader.string()
            } else {
                try reader.skip()
            }
        }
        guard let id, let name, let type, let size, let etag, let status, let parent, let category, let trashed else {
            throw WrongResponse()
        }
        self.init(
            fileId: id, filename: name, type: type, size: size, etag: etag, status: status, parentFileId: parent,
            category: category, trashed: trashed, punishFlag: punishFlag, s3KeyFlag: flag, storageNode: node,
            createAt: created, updateAt: updated)
    }
}
