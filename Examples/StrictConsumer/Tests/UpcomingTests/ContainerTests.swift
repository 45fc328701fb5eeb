import Foundation
import Pan123
import Testing

/// Functions by the names that generated code uses. Each would lose to one of EndpointKit's, which needs no default
/// argument; then the statements below would not compile.
extension KeyedDecodingContainer {
    fileprivate func list<Item>(_ type: [Item].Type, forKey key: Key, _ more: Void = ()) -> String { "own list" }
    fileprivate func flag(forKey key: Key, _ more: Void = ()) -> String { "own flag" }
    fileprivate func lenient<Value>(_ type: Value.Type, forKey key: Key, _ more: Void = ()) -> String { "own lenient" }
    fileprivate func key(_ primary: Key, or aliases: [Key], _ more: Void = ()) -> String { "own key" }
}

private struct Reader: Decodable {
    var found: [String] = []

    enum CodingKeys: String, CodingKey { case found }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let list = container.list([Int].self, forKey: .found)
        let flag = container.flag(forKey: .found)
        let lenient = container.lenient(Int.self, forKey: .found)
        let key = container.key(.found, or: [])
        found = [list, flag, lenient, key]
    }
}

@Suite("After import Pan123")
struct ContainerTests {
    @Test("a keyed decoding container has no function of EndpointKit")
    func container() throws {
        let reader = try JSONDecoder().decode(Reader.self, from: Data("{}".utf8))
        #expect(reader.found == ["own list", "own flag", "own lenient", "own key"])
    }
}
