/// The version of this package, which requests name in their `User-Agent` and programs print for `--version`.
public enum ToolkitVersion {
    /// The version, as in the newest heading of the change log.
    public static let current = "0.2.0"
}
