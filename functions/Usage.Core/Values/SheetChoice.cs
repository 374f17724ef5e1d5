using System.Text.Json.Serialization;

namespace Usage.Core.Values;

/// <summary>A sheet of a workbook by its name or its number, 1 for the first visible one; in JSON a text or a number.</summary>
[JsonConverter(typeof(SheetChoiceJsonConverter))]
public sealed record SheetChoice
{
    private SheetChoice()
    {
    }

    public string? Name { get; private init; }

    public int? Number { get; private init; }

    public static SheetChoice Of(string name) => new() { Name = name };

    public static SheetChoice Of(int number) => new() { Number = number };
}
