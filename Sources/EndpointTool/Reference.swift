import EndpointCodegen
import EndpointSpec
import Foundation

extension Tool {
    /// `docs reference DIR`: writes the tables of the pages of the language reference.
    func reference(_ words: [String]) throws {
        let folder = try Arguments(words, options: []).path("folder with the pages of the reference")
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }.sorted()
        } catch {
            throw Failure(folder, "the folder cannot be read: \(error.localizedDescription)")
        }
        for name in names {
            let url = URL(fileURLWithPath: folder).appendingPathComponent(name)
            let text = try String(contentsOf: url, encoding: .utf8)
            let page: String
            do throws(ReferencePage.Mistake) {
                page = try ReferencePage.filled(text)
            } catch {
                throw Failure(url.path, error.message)
            }
            if page == text { continue }
            do {
                try Data(page.utf8).write(to: url, options: .atomic)
            } catch {
                throw Failure.unwritten(url.path, error.localizedDescription)
            }
            output("\(folder)/\(name)")
        }
    }
}
