import Foundation

/// Pages of lists, as the service sends them.
public enum Page {
    /// The number of items on a page.
    public static let size = 100

    /// The digits of the first item's ID, which tell pages apart: a page that repeats another one is an error.
    public static let firstID = 14_705_301

    /// A page of copy failures, about 6.4 KB, of a list that has so many items in all.
    public static func body(total: Int) -> Data {
        let items = (0..<min(size, total)).map { number in
            #"{"fileId":\#(firstID + number),"filename":"holiday photo \#(1000 + number).jpg"}"#
        }
        return response(#""total":\#(total),"list":[\#(items.joined(separator: ","))]"#)
    }

    /// A page of files, about 33 KB, the last of its list.
    public static func files() -> Data {
        let items = (0..<size).map { number in
            #"{"fileId":\#(14_705_301 + number),"filename":"假期照片 \#(1000 + number).jpg","parentFileId":14663228,"type":0,"#
                + #""etag":"af9d1e6bd4c3a0f2e5b7c8d9a1b2c3d4","size":\#(518_564_433 + number),"category":3,"status":2,"#
                + #""punishFlag":0,"s3KeyFlag":"1814435971-0","storageNode":"m16","trashed":0,"#
                + #""createAt":"2024-04-30 11:58:36","updateAt":"2025-02-24 17:56:45"}"#
        }
        return response(#""lastFileId":-1,"fileList":[\#(items.joined(separator: ","))]"#)
    }

    private static func response(_ payload: String) -> Data {
        Data(#"{"code":0,"message":"ok","data":{\#(payload)},"x-traceID":"5f0c2a7e9d8b4c31"}"#.utf8)
    }
}
