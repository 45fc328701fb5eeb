import Benchmark
@_spi(Generated) import EndpointKit
import Foundation
import Pan123

/// Generated types on the samples of their specs, against `JSONDecoder` on plain types of the same fields, and against the least
/// that it can do with the same text: decode a type without fields.
func shapes() {
    typealias Pan = Pan123Client
    let shapes = [
        Shape(Pan.File.FileDetail.self, PlainFileDetail.self, "File/fileDetail"),
        Shape(Pan.File.FileInfos.self, PlainFileInfos.self, "File/fileInfos"),
        Shape(Pan.File.ListFilesResponse.self, PlainFiles.self, "File/listFiles"),
        Shape(Pan.Share.SharePage.self, PlainShares.self, "Share/listShares"),
        Shape(Pan.Share.PaidSharePage.self, PlainPaidShares.self, "Share/listPaidShares"),
        Shape(Pan.Transcode.ListCloudVideosResponse.self, PlainCloudVideos.self, "Transcode/listCloudVideos"),
        Shape(Pan.Transcode.TranscodeResults.self, PlainTranscodeResults.self, "Transcode/listResults"),
        Shape(Pan.Transcode.VideoResolutions.self, PlainVideoResolutions.self, "Transcode/videoResolutions"),
        Shape(Pan.Upload.CreateUploadResponse.self, PlainUpload.self, "Upload/createUpload"),
        Shape(Pan.HostedImage.self, PlainImage.self, "OSS/imageDetail"),
    ]
    for shape in shapes {
        compare(
            "Shape \(shape.name)", calls: 1000, iterations: 20, warmup: 2,
            [
                Subject(name: "generated") { times in for _ in 0..<times { try shape.read() } },
                Subject(name: "JSONDecoder") { times in for _ in 0..<times { try shape.decode() } },
                Subject(name: "nothing") { times in
                    for _ in 0..<times { _ = try JSONDecoder().decode(Nothing.self, from: shape.payload) }
                },
            ])
    }
}

private struct Nothing: Decodable {}

private struct Spec: Decodable {
    struct Example: Decodable { var response: JSONValue? }
    var examples: [Example]
}

/// A payload as a spec shows it, how its generated type is read, and how a plain type is decoded.
private struct Shape: Sendable {
    var name: String
    var payload: Data
    var read: @Sendable () throws -> Void
    var decode: @Sendable () throws -> Void

    init<Payload: JSONCodable, Plain: Decodable & Sendable>(_ type: Payload.Type, _ plain: Plain.Type, _ name: String) {
        let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../../Endpoints/\(name).json")
        var payload = Data()
        if let text = try? Data(contentsOf: file.standardizedFileURL),
            let spec = try? JSONDecoder().decode(Spec.self, from: text),
            let response = spec.examples.lazy.compactMap({ $0.response?.object?["data"] }).first
        {
            payload = Data(response.text().utf8)
        }
        let bytes = payload
        self.name = name
        self.payload = payload
        decode = { _ = try JSONDecoder().decode(Plain.self, from: bytes) }
        read = {
            try bytes.withUnsafeBytes { bytes in
                let tape = try JSONTape(bytes)
                _ = try tape.read(bytes) { json throws(any Error) in try Payload(json: json) }
            }
        }
    }
}
