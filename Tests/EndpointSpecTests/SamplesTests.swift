import EndpointSpec
import Testing

@Suite("The sample specs")
struct SamplesTests {
    @Test("check without a mistake")
    func checkClean() throws {
        let model = try Fixture(folder: Fixture.samples).model()
        #expect(
            model.endpoints.map(\.id) == [
                "auth.exchangeCode", "auth.refreshUserToken", "file.listFiles", "file.renameFiles",
                "oss.createCopyTask", "oss.createFolder", "transcode.importFromDrive", "transcode.listCloudVideos",
                "transcode.listSpaceFiles", "upload.createUpload", "upload.uploadHosts", "upload.uploadSlice",
            ])
    }
}
