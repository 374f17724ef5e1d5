namespace Usage.Storage.Imports;

/// <summary>A file in the container <c>imports</c>, as it was at one moment.</summary>
/// <param name="Path">Within the container: <c>{integration}/{path}</c>.</param>
/// <param name="ArrivedAt">Its last-modified time.</param>
/// <param name="Force">Its metadata say <c>force: true</c>.</param>
public sealed record Drop(string Path, string ETag, DateTimeOffset ArrivedAt, bool Force)
{
    /// <summary>Its first folder; empty when it lies outside of any.</summary>
    public string Folder => FolderOf(Path);

    public static string FolderOf(string path) => path.IndexOf('/') is > 0 and var slash ? path[..slash] : "";
}
