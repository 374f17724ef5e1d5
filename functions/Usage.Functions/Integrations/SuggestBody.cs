using Usage.Core.Ids;
using Usage.Core.Values;

namespace Usage.Functions.Integrations;

/// <summary>A file that is there, and what somebody has said of it already.</summary>
public sealed record SuggestBody
{
    public required UploadId Upload { get; init; }

    /// <summary>Of a workbook, by its name or its number; null: the first visible one.</summary>
    public SheetChoice? Sheet { get; init; }

    /// <summary>The header's line, from 1; null: it is found out.</summary>
    public int? HeaderRow { get; init; }

    public FileFormat Said() => new() { Sheet = Sheet, HeaderRow = HeaderRow };
}
