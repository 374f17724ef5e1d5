namespace Usage.Core.Files.Workbooks;

/// <summary>A sheet with cells.</summary>
public sealed record WorkbookSheet(string Name, bool Hidden);
