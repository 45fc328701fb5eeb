import Foundation

/// A page of 100 items, about 6.4 KB, as the service sends it.
public enum Page {
    /// The number of items on a page.
    public static let size = 100

    private static let items = (0..<size).map { number in
        #"{"fileId":\#(14_705_301 + number),"filename":"holiday photo \#(1000 + number).jpg"}"#
    }.joined(separator: ",")

    /// The page of a list that has so many items in all.
    public static func body(total: Int) -> Data {
        Data(
            #"{"code":0,"message":"ok","data":{"total":\#(total),"list":[\#(items)]},"x-traceID":"5f0c2a7e9d8b4c31"}"#
                .utf8)
    }
}
