import Testing

@testable import EndpointCLI

@Suite struct LayoutTests {
    @Test(arguments: [
        ("abc", 3), ("海边", 4), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4), ("한글", 4), ("한", 2), ("é", 1), ("e\u{301}", 1),
        ("👍", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("❤️", 2), ("❤", 1), ("a\u{200B}b", 2), ("…", 1), ("，", 2), ("𠀀", 2), ("", 0),
    ])
    func aTextHasItsDisplayWidth(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test func columnsAreAlignedInAnyScript() {
        var table = TextTable(["Name", "Note"])
        table.add(["海边.png", "a"])
        table.add(["x", "👍 b"])
        table.add(["e\u{301}te\u{301}", "c"])
        #expect(
            table.text(width: nil) == """
                Name      Note
                海边.png  a
                x         👍 b
                e\u{301}te\u{301}       c

                """)
    }

    @Test func aTableIsTruncatedToTheTerminalAtItsWidestColumn() {
        var table = TextTable(["ID", "Name"])
        table.add(["1", "一个很长很长的文件名字.png"])
        #expect(table.text(width: 18) == "ID  Name\n1   一个很长很长…\n")
        #expect(table.text(width: nil).contains("一个很长很长的文件名字.png"))
    }

    @Test func columnsThatDoNotFitAreLeftOutAndCounted() {
        var table = TextTable([.init(title: "ID", isWhole: true), .init(title: "Name"), .init(title: "Note")])
        table.add(["a-rather-long-id", "a-rather-long-name", "note"])
        #expect(
            table.text(width: 30) == """
                ID                Name
                a-rather-long-id  a-rather-lo…
                … 1 more column: --format json shows all

                """)
    }

    @Test func aWideCharacterIsNotCutInHalf() {
        #expect(TextLayout.truncated("海边海边", to: 4) == "海…")
        #expect(TextLayout.truncated("海边", to: 4) == "海边")
    }

    @Test func textIsWrappedAtSpacesAndBetweenWideCharacters() {
        #expect(TextLayout.wrapped("one two three", to: 8) == ["one two", "three"])
        #expect(TextLayout.wrapped("获取复制失败文件", to: 6) == ["获取复", "制失败", "文件"])
        #expect(TextLayout.wrapped("获取复，制", to: 6) == ["获取", "复，制"])
        #expect(TextLayout.wrapped("ab「获取」, one two", to: 4) == ["ab", "「获", "取」,", "one", "two"])
        #expect(TextLayout.wrapped("获取 ，制", to: 6) == ["获取", "，制"])
        #expect(TextLayout.wrapped("of one (图床).", to: 9) == ["of one", "(图床)."])
        #expect(TextLayout.wrapped("获取（图床）", to: 6) == ["获取", "（图", "床）"])
        #expect(TextLayout.wrapped("unbreakable-word", to: 5) == ["unbreakable-word"])
    }

    @Test func controlCharactersAreEscaped() {
        #expect(SafeText.escaped("a\u{1B}[31m\r\n\u{9B}\u{202E}b") == #"a\u{1b}[31m\r\n\u{9b}\u{202e}b"#)
        #expect(SafeText.escapedJSON("\"\u{9B}\u{202E}海\"") == #""\u009b\u202e海""#)
        #expect(SafeText.escapedJSON("\"\u{E0001}\"") == #""\udb40\udc01""#)
    }
}
