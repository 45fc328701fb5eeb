/// Names on the wire, as documents write them.
enum WireName {
    /// Without case and separators, for comparisons: `page_size` and `pageSize` are `pagesize`.
    static func folded(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

/// What documents call the parameters and fields of pages, folded. A kind of documents may have further names.
enum PagingNames {
    /// Parameters with the number of a page.
    static let page: Set<String> = ["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"]
    /// Parameters that say how many items a page has.
    static let size: Set<String> = [
        "perpage", "pagesize", "limit", "pagelimit", "maxresults", "size", "count", "top",
    ]
    /// Parameters that say how many items come before a page.
    static let offset: Set<String> = ["offset", "skip", "start", "startat", "startindex"]
    /// Fields with the number of all items.
    static let total: Set<String> = [
        "total", "totalcount", "totalitems", "totalresults", "totalsize", "totalrecords", "totalelements",
    ]
}
