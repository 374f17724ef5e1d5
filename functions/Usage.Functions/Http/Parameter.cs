using System.Text.Json;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;

namespace Usage.Functions.Http;

public enum ParameterForm
{
    Text,
    Id,
    Date,
    Time,
    Flag,
    OneOf,
    AnyOf,
    Number,
}

/// <summary>
/// What a parameter of a route or query is: <see cref="ApiRequest"/> reads it by this, and the OpenAPI document describes it. A name means
/// the same wherever it stands, unless an operation says that it is a text or a number there.
/// </summary>
/// <param name="Form">How its text is read.</param>
/// <param name="Type">Of an id, or of the enum of which it is one or are any; else null.</param>
public sealed record Parameter(ParameterForm Form, Type? Type = null)
{
    private static readonly Parameter Date = new(ParameterForm.Date);
    private static readonly Parameter Flag = new(ParameterForm.Flag);
    private static readonly Parameter Place = new(ParameterForm.Number);

    private static readonly Dictionary<string, Parameter> Known = new()
    {
        ["account"] = Id<AccountId>(),
        ["dimension"] = Id<DimensionId>(),
        ["integration"] = Id<IntegrationId>(),
        ["key"] = Id<KeyId>(),
        ["product"] = Id<ProductId>(),
        ["run"] = Id<RunId>(),
        ["segment"] = Id<SegmentId>(),
        ["upload"] = Id<UploadId>(),
        ["arrivedAt"] = new(ParameterForm.Time),
        ["date"] = Date,
        ["from"] = Date,
        ["to"] = Date,
        ["count"] = Flag,
        ["erase"] = Flag,
        ["force"] = Flag,
        ["preview"] = Flag,
        ["unchanged"] = Flag,
        ["validate"] = Flag,
        ["by"] = WordOf<MatchBy>(ParameterForm.OneOf),
        ["kind"] = WordOf<RunKind>(ParameterForm.OneOf),
        ["outcome"] = WordOf<RowOutcome>(ParameterForm.OneOf),
        ["status"] = WordOf<RunStatus>(ParameterForm.AnyOf),
        ["code"] = new(ParameterForm.Text) { Words = IssueCode.OfRows },
        ["block"] = Place,
        ["row"] = Place,
        ["top"] = Number(PageRequest.DefaultTop, PageRequest.MaxTop),
    };

    public static Parameter Text { get; } = new(ParameterForm.Text);

    /// <summary>The texts that it may be; null: any.</summary>
    public IReadOnlyList<string>? Words { get; private init; }

    /// <summary>The number that stands for one that isn't given; null: there is none.</summary>
    public int? Default { get; private init; }

    /// <summary>The largest number that it may be; null: the route's own rule says it.</summary>
    public int? Max { get; private init; }

    /// <summary>What a name means where no operation says otherwise.</summary>
    public static Parameter Of(string name) => Known.GetValueOrDefault(name, Text);

    /// <summary>A whole number from 1.</summary>
    public static Parameter Number(int standard, int max) => new(ParameterForm.Number) { Default = standard, Max = max };

    private static Parameter WordOf<T>(ParameterForm form)
        where T : struct, Enum =>
        new(form, typeof(T)) { Words = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)] };

    private static Parameter Id<T>()
        where T : struct, IId<T> => new(ParameterForm.Id, typeof(T));
}
