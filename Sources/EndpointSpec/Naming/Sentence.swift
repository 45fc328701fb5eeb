/// Text of a spec as a sentence of documentation or help.
public enum Sentence {
    /// Returns the text with a full stop, unless it ends like a sentence.
    public static func closed(_ text: String) -> String {
        if let last = text.utf8.last, last > 0x20, text.everyByte({ $0 < 0x7F }) {
            return last == 0x2E || last == 0x21 || last == 0x3F || last == 0x3A ? text : text + "."
        }
        guard let last = text.last(where: { !$0.isWhitespace }) else { return "" }
        return ".!?。！？:：".contains(last) ? text : text + "."
    }
}
