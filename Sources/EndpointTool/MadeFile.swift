import EndpointCodegen
import Foundation

extension Tool {
    /// Writes a file that is made anew each time, unless it has the text already.
    func write(_ text: String, to file: String) throws(Failure) {
        let url = URL(fileURLWithPath: file)
        let data = Data(text.utf8)
        if (try? Data(contentsOf: url)) == data { return }
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: url, options: .atomic)
        } catch {
            throw Failure.unwritten(file, error.localizedDescription)
        }
    }
}
