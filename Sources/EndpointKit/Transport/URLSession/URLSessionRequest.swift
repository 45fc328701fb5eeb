import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension HTTPRequest {
    /// The request for `URLSession`, without its body. Fields of one name are joined with commas, which is equivalent.
    func urlRequest() -> URLRequest {
        var result = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData)
        result.httpMethod = method.rawValue
        result.httpShouldHandleCookies = false
        for field in headers {
            result.addValue(field.value, forHTTPHeaderField: field.name)
        }
        // Without one, URLSession on Linux declares that the body of a POST is a form.
        if !body.isEmpty && headers["Content-Type"] == nil {
            result.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
        }
        return result
    }
}
