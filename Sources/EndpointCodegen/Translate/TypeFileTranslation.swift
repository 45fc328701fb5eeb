import EndpointSpec

/// A file of `types/` as Swift: a type of the client, or nothing where it stands for a scalar.
struct TypeFileTranslation {
    let type: NamedTypeModel
    let context: ModuleContext

    var file: SwiftFile {
        let translation = TypeTranslation(context: context, group: nil)
        var known: Set<String> = []
        func isOwn(_ owner: TypeOwner) -> Bool {
            switch owner {
            case .type(let name): name == type.name
            case .enclosing: true
            case .endpoint: false
            }
        }
        let purpose = EndpointDocumentation.sentence(type.summary ?? "A type that several endpoints share")
        let types = translation.declarations(in: type.schema, ownedBy: isOwn, purpose: purpose, known: &known)
        guard !types.isEmpty else {
            return SwiftFile(header: ["Made from \(type.file), which has no Swift type of its own: it is written out where it is used."])
        }
        return SwiftFile(
            header: ["Made from \(type.file): edit that, not this."],
            imports: context.imports + FoundationUse.imports(types),
            declarations: [.type(TypeDeclaration(head: "extension \(context.client)", members: types))])
    }
}
