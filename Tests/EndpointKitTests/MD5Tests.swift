import EndpointKit
import Foundation
import Testing

@Suite struct MD5Tests {
    @Test(
        "the test suite of RFC 1321, A.5",
        arguments: [
            ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "d174ab98d277d9f5a5611c2c9f419d9f"
            ),
            (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
        ])
    func vectors(text: String, digest: String) {
        var md5 = MD5()
        md5.update(Data(text.utf8))
        #expect(md5.hex == digest)
    }

    @Test(
        "a digest is written in hexadecimal digits or in Base64, with or without quotes",
        arguments: [
            "900150983cd24fb0d6963f7d28e17f72", "\"900150983CD24FB0D6963F7D28E17F72\"", "kAFQmDzST7DWlj99KOF/cg==",
        ])
    func written(text: String) {
        var md5 = MD5()
        md5.update(Data("abc".utf8))
        #expect(MD5.digest(written: text) == md5.digest)
    }

    @Test(
        "other texts are not digests",
        arguments: [
            "", "abc", "900150983cd24fb0d6963f7d28e17f7g", "900150983cd24fb0d6963f7d28e17f72-3", "kAFQmDzST7DWlj9=",
        ])
    func notWritten(text: String) {
        #expect(MD5.digest(written: text) == nil)
    }

    @Test("pieces of any length give the digest of the whole")
    func pieces() {
        let bytes = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        var whole = MD5()
        whole.update(bytes)
        for length in [1, 3, 63, 64, 65, 128, 999] {
            var md5 = MD5()
            var rest = bytes[...]
            while !rest.isEmpty {
                md5.update(Data(rest.prefix(length)))
                rest = rest.dropFirst(length)
            }
            #expect(md5.digest == whole.digest)
        }
    }
}
