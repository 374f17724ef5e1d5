using Usage.Core.Access;

namespace Usage.Functions.Http;

/// <summary>
/// What a function of HTTP takes and answers, declared once beside it: <see cref="ApiRequest"/> reads requests by it, and the OpenAPI
/// document describes it. Its method and route are the trigger's.
/// </summary>
/// <param name="Id">The function's name.</param>
/// <param name="Summary">In a sentence.</param>
/// <param name="Audience">Whom it is for; <see cref="AlsoDroppers"/> apart.</param>
public sealed record Operation(string Id, string Summary, Audience Audience)
{
    public const string Gzip = "application/gzip";

    public const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Droppers may too, within their integrations.</summary>
    public bool Droppers { get; init; }

    /// <summary>Droppers may whatever their integrations are: it is about what is their own.</summary>
    public bool EachDropper { get; init; }

    /// <summary>A request with a body that reads only.</summary>
    public bool ReadsOnly { get; init; }

    /// <summary>The query parameters that are known; any other is refused by name.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    public IReadOnlyList<string> RequiredQuery { get; init; } = [];

    /// <summary>Those that are something else here than in other operations.</summary>
    public IReadOnlyDictionary<string, Parameter> Own { get; init; } = new Dictionary<string, Parameter>();

    public IReadOnlyList<Content> Bodies { get; init; } = [];

    public IReadOnlyList<Reply> Replies { get; init; } = [];

    /// <summary>Answers of what can be edited, and of runs, carry an ETag.</summary>
    public bool Tagged { get; init; }

    public Operation AlsoDroppers() => this with { Droppers = true };

    public Operation OfEachDropper() => this with { Droppers = true, EachDropper = true };

    public Operation OnlyReads() => this with { ReadsOnly = true };

    public Operation With(params string[] query) => this with { Query = [.. Query, .. query] };

    public Operation Needs(params string[] query) => this with { Query = [.. query, .. Query], RequiredQuery = query };

    public Operation WithTexts(params string[] query) => query.Aggregate(With(query), (whole, name) => whole.AsText(name));

    /// <summary>One of the query is any text here, whatever it is in other operations.</summary>
    public Operation AsText(string query) => As(query, Http.Parameter.Text);

    /// <summary>A whole number from 1.</summary>
    /// <param name="standard">When it isn't given.</param>
    public Operation WithNumber(string query, int standard, int max) =>
        With(query).As(query, Http.Parameter.Number(standard, max));

    public Operation Paged() => With("top", "after");

    public Operation Json<T>(string name) =>
        this with { Bodies = [.. Bodies, new Content("application/json", new Shape(name, typeof(T)))] };

    /// <summary>A JSON merge patch (RFC 7396): members that aren't there stay as they are, null takes away.</summary>
    public Operation MergePatch<T>(string name)
    {
        var whole = Json<T>(name);
        return whole with { Bodies = [.. whole.Bodies, new Content("application/merge-patch+json", new Shape(name, typeof(T)))] };
    }

    public Operation Csv() => File("text/csv");

    /// <summary>A CSV, or a workbook: what it is, its bytes tell.</summary>
    public Operation CsvOrWorkbook() => Csv().File(Workbook);

    /// <summary>A piece of a file, of whatever kind.</summary>
    public Operation Bytes() => File("application/octet-stream");

    public Operation Form(params FormPart[] parts) =>
        this with { Bodies = [.. Bodies, new Content("multipart/form-data", null) { Parts = parts }] };

    public Operation Answers<T>(string name, int status = 200, string text = "The answer.") =>
        this with { Replies = [.. Replies, new Reply(status, text, new Content("application/json", new Shape(name, typeof(T))))] };

    /// <summary>One object with the members of both.</summary>
    public Operation Answers<T, TMore>(string name, int status = 200, string text = "The answer.") =>
        this with
        {
            Replies =
            [
                .. Replies, new Reply(status, text, new Content("application/json", new Shape(name, typeof(T), typeof(TMore)))),
            ],
        };

    /// <summary>Its answers carry an ETag.</summary>
    public Operation Tags() => this with { Tagged = true };

    /// <summary>200 with an ETag.</summary>
    public Operation Shows<T>(string name) => Answers<T>(name).Tags();

    /// <inheritdoc cref="Shows{T}"/>
    public Operation Shows<T, TMore>(string name) => Answers<T, TMore>(name).Tags();

    /// <summary>200 and 201 with an ETag.</summary>
    public Operation Stores<T>(string name) =>
        Answers<T>(name, 200, "As it is stored now.").Answers<T>(name, 201, "It is new.").Tags();

    /// <inheritdoc cref="Stores{T}"/>
    public Operation Stores<T, TMore>(string name) =>
        Answers<T, TMore>(name, 200, "As it is stored now.").Answers<T, TMore>(name, 201, "It is new.").Tags();

    public Operation AnswersCsv() => this with { Replies = [.. Replies, new Reply(200, "A CSV file.", new Content("text/csv", null))] };

    /// <summary>A file as it came: a CSV, packed or not, or a workbook.</summary>
    public Operation AnswersFile() => this with
    {
        Replies =
        [
            .. Replies,
            .. new[] { "text/csv", Gzip, Workbook }.Select(type => new Reply(200, "The file.", new Content(type, null))),
        ],
    };

    public Operation Problem(params int[] statuses) =>
        this with { Replies = [.. Replies, .. statuses.Select(status => new Reply(status, Words(status)))] };

    /// <summary>What one of the query is here.</summary>
    public Parameter Parameter(string query) => Own.TryGetValue(query, out var own) ? own : Http.Parameter.Of(query);

    private Operation As(string query, Parameter parameter) =>
        this with { Own = new Dictionary<string, Parameter>(Own) { [query] = parameter } };

    private Operation File(string mediaType) => this with { Bodies = [.. Bodies, new Content(mediaType, null)] };

    private static string Words(int status) => status switch
    {
        400 => "Wrong in itself.",
        401 => "Without a key, or with one that isn't known.",
        403 => "The caller may not; neededRole says who may.",
        404 => "There is no such thing.",
        409 => "Contradicts what is there.",
        412 => "Changed meanwhile.",
        413 => "Too large.",
        429 => "Too many requests; Retry-After says when to try again.",
        422 => "No CSV; the problem says what it is.",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no words for this status"),
    };
}

/// <param name="Shape">Null: not JSON.</param>
public sealed record Content(string MediaType, Shape? Shape)
{
    /// <summary>Of a form.</summary>
    public IReadOnlyList<FormPart> Parts { get; init; } = [];
}

/// <param name="File">With a name; else a text, or a file.</param>
public readonly record struct FormPart(string Name, bool File = false, bool Optional = false);

/// <param name="More">Whose members the object has too; null: none.</param>
public sealed record Shape(string Name, Type Type, Type? More = null);

/// <param name="Content">Null: nothing, or a problem for 400 and above.</param>
public sealed record Reply(int Status, string Text, Content? Content = null);
