using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Usage.Core.Files;
using Usage.Functions.Http;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.TestRuns;

/// <summary>
/// A file with what to read it by: an integration's JSON, or the id of a saved one, as a field or as a file. What is null was refused.
/// </summary>
/// <param name="Products">Taken as if they were there.</param>
internal sealed record TestRunForm(IFormFile? File, JsonElement? Integration, IReadOnlyList<DraftProduct>? Products)
{
    /// <summary>The most that a form may have beside the file.</summary>
    public const int RoomBytes = (2 * JsonBody.MaxBytes) + (16 << 10);

    private const string FilePart = "file";

    private static readonly string[] Known = [FilePart, DraftReader.Place, DraftReader.ProductsPlace];

    public string Name => CopyName(File!.FileName);

    /// <summary>Of our copy: of the caller's name only that it hints at tabs.</summary>
    public static string CopyName(string name) => FileNames.HintsAtTabs(name) ? "upload.tsv" : "upload.csv";

    /// <returns>Null: it is no form.</returns>
    public static async Task<TestRunForm?> ReadAsync(
        ApiRequest request, HttpRequest http, long maxBytes, CancellationToken cancellationToken)
    {
        IFormCollection form;
        try
        {
            http.Body = new LimitedStream(http.Body, maxBytes);
            var limits = new FormOptions { MultipartBodyLengthLimit = maxBytes, ValueLengthLimit = JsonBody.MaxBytes };
            form = await http.ReadFormAsync(limits, cancellationToken);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException)
        {
            request.Refuse(ApiErrorCode.InvalidValue, "", "The body is not valid multipart/form-data, or too large.");
            return null;
        }

        string[] parts =
            [.. form.SelectMany(field => Enumerable.Repeat(field.Key, field.Value.Count)), .. form.Files.Select(file => file.Name)];
        foreach (var unknown in parts.Except(Known))
            request.Refuse(ApiErrorCode.UnknownMember, unknown, $"unknown part \"{unknown}\", expected {string.Join(", ", Known)}");
        foreach (var part in Known.Where(part => parts.Count(name => name == part) > 1))
            request.Refuse(ApiErrorCode.InvalidValue, part,
                $"\"{part}\" is there {parts.Count(name => name == part)} times, expected once");
        return new TestRunForm(
            ReadFile(request, form), ReadIntegration(request, await TextAsync(form, DraftReader.Place, cancellationToken)),
            ReadProducts(request, await TextAsync(form, DraftReader.ProductsPlace, cancellationToken)));
    }

    private static IFormFile? ReadFile(ApiRequest request, IFormCollection form)
    {
        var file = form.Files.GetFile(FilePart);
        if (file is null && !form.ContainsKey(FilePart))
            request.Refuse(ApiErrorCode.MissingMember, FilePart, "\"file\" is missing: expected the CSV file");
        else if (file is null)
            request.Refuse(
                ApiErrorCode.InvalidValue, FilePart, "found a field, expected a file with its name, as curl -F file=@october.csv sends it");
        return file;
    }

    private static async Task<string?> TextAsync(IFormCollection form, string part, CancellationToken cancellationToken)
    {
        if (form.Files.GetFile(part) is not { } file) return form[part];
        if (file.Length > JsonBody.MaxBytes) throw new BodyTooLargeException(JsonBody.MaxBytes);
        using var text = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await text.ReadToEndAsync(cancellationToken);
    }

    private static JsonElement? ReadIntegration(ApiRequest request, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            request.Refuse(
                ApiErrorCode.MissingMember, DraftReader.Place,
                "\"integration\" is missing: expected an integration's JSON, or the id of a saved one");
            return null;
        }

        // An id may be given plainly, or in quotes as JSON.
        if (text.TrimStart()[0] is not ('{' or '"' or '[')) return JsonSerializer.SerializeToElement(text.Trim());
        var (value, errors) = JsonBody.Parse<Wrapped>(Encoding.UTF8.GetBytes($"{{\"integration\":{text}}}"));
        request.Refuse(errors);
        return errors.Count > 0 ? null : value!.Integration;
    }

    private static IReadOnlyList<DraftProduct>? ReadProducts(ApiRequest request, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var (value, errors) = JsonBody.Parse<WrappedProducts>(Encoding.UTF8.GetBytes($"{{\"products\":{text}}}"));
        request.Refuse(errors);
        return errors.Count > 0 ? [] : value!.Products;
    }

    private sealed record WrappedProducts
    {
        public required IReadOnlyList<DraftProduct> Products { get; init; }
    }

    private sealed record Wrapped
    {
        public required JsonElement Integration { get; init; }
    }
}
