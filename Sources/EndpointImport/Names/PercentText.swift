/// Percent-encoded text, as in URLs.
enum PercentText {
    /// The text without percent-encoding; where `isForm`, a plus sign is a space. What is not encoded well stays as it is.
    static func decoded(_ text: String, isForm: Bool = false) -> String {
        guard text.contains("%") || (isForm && text.contains("+")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if isForm, byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
