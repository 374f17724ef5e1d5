using System.Globalization;
using Microsoft.AspNetCore.Http;
using Usage.Core;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Functions.Http.Callers;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>
/// Takes a request apart and collects what is wrong with it, so that the caller learns all of it at once:
/// read everything, then answer <see cref="Problem"/> if there is one.
/// </summary>
public sealed class ApiRequest
{
    // ISO 8601, UTC where there is no offset.
    private static readonly string[] Times =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    // No file arrived before; and a period before the calendar's first has no date.
    private const int FirstYear = 1900;

    private readonly HttpRequest _request;
    private readonly Operation _operation;
    private readonly List<ApiError> _errors = [];
    private ProblemAnswer? _notFound;

    public ApiRequest(HttpRequest request, Operation operation)
    {
        (_request, _operation) = (request, operation);
        Preconditions = new Preconditions(request);
        Refuse(QueryErrors.Of(request, operation.Query, RawUrl.IsQueryDecoded(request)));
    }

    public Preconditions Preconditions { get; }

    /// <summary>Who asks: the gate let only those in that it knows.</summary>
    public Caller Caller => _request.HttpContext.Features.Get<Caller>() ?? throw new InvalidOperationException("nobody is signed in");

    /// <summary>Takes note of what is done; null where nobody keeps it.</summary>
    public AuditTrail? Trail => _request.HttpContext.Features.Get<AuditTrail>();

    /// <summary>With who writes it and when, as the audit has them.</summary>
    public T Sign<T>(T value)
        where T : ISigned => (T)value.Signed(Caller.Name, Trail?.At ?? throw new InvalidOperationException("nobody keeps a trail"));

    /// <summary>What is wrong so far, as the answer; null when nothing is.</summary>
    public ProblemAnswer? Problem => _errors.Count > 0 ? ProblemAnswer.BadRequest(_errors) : _notFound;

    /// <summary>Whether a CSV file is preferred to JSON.</summary>
    public bool WantsCsv => Quality("text/csv") > 0 && Quality("text/csv") >= Quality("application/json");

    private bool Writes =>
        !HttpMethods.IsGet(_request.Method) && !HttpMethods.IsHead(_request.Method) && !HttpMethods.IsDelete(_request.Method);

    public void Refuse(string code, string path, string message) => _errors.Add(new ApiError(code, path, message));

    public void Refuse(IEnumerable<ApiError> found) => _errors.AddRange(found);

    /// <summary>Whether something of this place, or what it is a part of in a list, was refused already.</summary>
    public bool IsWrong(string path) => _errors.Exists(error => error.IsAbout(path));

    /// <summary>
    /// What is wrong in itself, with all that the rules find in a body that has stand-ins; null when nothing is. What only contradicts
    /// what is there is left for later, unless something else is wrong.
    /// </summary>
    /// <param name="found">By the rules.</param>
    /// <param name="within">Where in the body they looked.</param>
    public ProblemAnswer? Judge(IReadOnlyList<Problem> found, string within = "")
    {
        if (_errors.Count == 0 && found.All(one => one.Kind != ProblemKind.Wrong)) return Problem;
        Refuse([.. Problems.Errors(found, within).Where(error => !IsWrong(error.Path))]);
        return Problem;
    }

    /// <summary>
    /// An id of the route. One that can't be is a 400 with the rule where something would be written under it; else a 404.
    /// </summary>
    public T Id<T>(string text, string what)
        where T : struct, IId<T>
    {
        var decoded = RawUrl.IsPathDecoded(_request);
        if (decoded && T.TryParse(text, out var id)) return id;
        if (Writes)
            Refuse(ApiErrorCode.InvalidId, what, $"found \"{text}\", expected {(decoded ? T.Rule : "percent-encoded UTF-8 without /")}");
        else Miss(what, text);
        return default;
    }

    /// <summary>What the request is about isn't there: the answer unless something is wrong with the request itself.</summary>
    public void Miss(string what, string id) => _notFound ??= ProblemAnswer.NotFound(what, id);

    /// <summary>Whether the query says something of it.</summary>
    public bool Has(string name) => Given(name) is not null;

    /// <summary>Any text, or one of the words that are declared.</summary>
    public string? Text(string name) => Read(name, ParameterForm.Text) is { } text && IsWord(name, text) ? text : null;

    /// <summary>An id in the query: null when it isn't given.</summary>
    public T? QueryId<T>(string name)
        where T : struct, IId<T>
    {
        if (Read(name, ParameterForm.Id, typeof(T)) is not { } text) return null;
        if (T.TryParse(text, out var id)) return id;
        Refuse(ApiErrorCode.InvalidId, name, $"found \"{text}\", expected {T.Rule}");
        return null;
    }

    /// <summary>A value of the query that has to be there.</summary>
    /// <param name="read">Reads it.</param>
    public T Needed<T>(string name, Func<string, T?> read)
        where T : struct
    {
        if (read(name) is { } value) return value;
        if (!IsWrong(name)) Refuse(ApiErrorCode.MissingParameter, name, $"\"{name}\" is missing");
        return default;
    }

    public DateOnly? Date(string name) => Parse<DateOnly>(name, ParameterForm.Date, "a date such as 2026-10-01", text =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null);

    // A plus sign in a query that nobody encoded arrives as a space.
    public DateTimeOffset? Time(string name) => Parse<DateTimeOffset>(
        name, ParameterForm.Time, "a time such as 2026-11-22T10:15:30Z", text => DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time.Year >= FirstYear ? time : null);

    public bool Flag(string name) =>
        Parse<bool>(name, ParameterForm.Flag, "true or false", text => bool.TryParse(text, out var flag) ? flag : null) ?? false;

    /// <summary>One of an enum's names in camelCase.</summary>
    public T? OneOf<T>(string name)
        where T : struct, Enum =>
        Read(name, ParameterForm.OneOf, typeof(T)) is { } text && IsWord(name, text) ? Enum.Parse<T>(text, ignoreCase: true) : null;

    /// <summary>Any of an enum's names in camelCase, with commas between them; null when it isn't given.</summary>
    public IReadOnlyList<T>? AnyOf<T>(string name)
        where T : struct, Enum => Read(name, ParameterForm.AnyOf, typeof(T)) is { } text
        ? [.. text.Split(',').Where(word => IsWord(name, word)).Select(word => Enum.Parse<T>(word, ignoreCase: true))] : null;

    /// <summary>A whole number from 1, within the bounds that are declared.</summary>
    public int Number(string name)
    {
        var (standard, max) = (_operation.Parameter(name).Default ?? 1, _operation.Parameter(name).Max ?? int.MaxValue);
        return Parse<int>(name, ParameterForm.Number, $"a whole number from 1 to {max}", text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max
                ? number : null) ?? standard;
    }

    /// <summary>The query's <c>top</c> and <c>after</c>.</summary>
    public PageRequest Page()
    {
        string? after = null;
        if (Text("after") is { } cursor && !Cursor.TryDecode(cursor, out after))
            Refuse(ApiErrorCode.InvalidValue, "after", "expected the \"next\" of the page before");
        return new PageRequest(Number("top"), after);
    }

    /// <summary>The body, with stand-ins for what is wrong in it; null when there is nothing to look at.</summary>
    public async Task<T?> JsonAsync<T>(CancellationToken cancellationToken)
        where T : class
    {
        var (value, found) = await JsonBody.ReadAsync<T>(_request, cancellationToken);
        Refuse(found);
        return value;
    }

    private string? Given(string name) => _request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    private bool IsWord(string name, string text)
    {
        if (_operation.Parameter(name).Words is not { } words || words.Contains(text)) return true;
        Refuse(ApiErrorCode.InvalidValue, name, $"found \"{text}\", expected one of {string.Join(", ", words)}");
        return false;
    }

    private T? Parse<T>(string name, ParameterForm form, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (Read(name, form) is not { } text) return null;
        if (parse(text) is { } value) return value;
        Refuse(ApiErrorCode.InvalidValue, name, $"found \"{text}\", expected {expected}");
        return null;
    }

    /// <exception cref="InvalidOperationException">The operation declares it as something else.</exception>
    private string? Read(string name, ParameterForm form, Type? type = null)
    {
        var declared = _operation.Parameter(name);
        if ((declared.Form, declared.Type) != (form, type) || !_operation.Query.Contains(name))
            throw new InvalidOperationException($"{_operation.Id} reads \"{name}\" as {form} {type?.Name}, and doesn't declare it so");
        return Given(name);
    }

    private double Quality(string type) =>
        _request.GetTypedHeaders().Accept.Where(one => one.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
}
