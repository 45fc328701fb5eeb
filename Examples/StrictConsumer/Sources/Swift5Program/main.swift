import EndpointKit
import Foundation
import Swift5OSS
import Swift5Office
import Swift5Warehouse
import Pan123

let warehouse = ClosureTransport { _ throws(TransportError) in
    let good = #"{ "id": "7", "label": "Saw", "kind": 1, "parts": null, "sold": 0 }"#
    return HTTPResponse(
        status: 200, body: Data(#"{ "code": 0, "message": "ok", "data": { "total": 1, "goods": [\#(good)] } }"#.utf8))
}
let client = WarehouseClient(token: "none", transport: warehouse)
var labels: [String] = []
for try await good in client.goods.allGoods(hall: "North") { labels.append(good.label) }
print("goods:", labels.joined(separator: ", "))

let office = ClosureTransport { _ throws(TransportError) in
    HTTPResponse(
        status: 200,
        body: Data(#"{ "code": 0, "message": "ok", "data": { "name": "Li", "desk": "roof", "goods": [] } }"#.utf8))
}
let clerk = try await WarehouseClient(token: "none", transport: office).office.hire(name: "Li", kind: .tool)
print("clerk:", clerk.name, clerk.desk)

let drive = ClosureTransport { _ throws(TransportError) in
    HTTPResponse(
        status: 200,
        body: Data(#"{ "code": 0, "message": "ok", "data": { "total": 0, "list": null }, "x-traceID": "" }"#.utf8))
}
let failures = try await Pan123Client(token: "none", transport: drive).oss.firstCopyFailures(taskID: "demo")
print("failures:", failures.total, failures.list.count)
