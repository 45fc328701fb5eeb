import EndpointCore
import EndpointSpec
import TestSupport
import Testing

@Suite("The sample specs")
struct SamplesTests {
    @Test("the sample specs have no mistakes")
    func checkClean() throws {
        let model = try SpecFiles(fixture: "Drive").model()
        #expect(
            model.endpoints.map(\.id) == [
                "auth.exchangeCode", "auth.refreshUserToken", "file.listFiles", "file.renameFiles",
                "oss.createCopyTask", "oss.createFolder", "transcode.importFromDrive", "transcode.listCloudVideos",
                "transcode.listSpaceFiles", "upload.createUpload", "upload.uploadHosts", "upload.uploadSlice",
            ])
    }
}
