using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Usage.Functions.Http;
using Usage.Functions.Imports;

namespace Usage.Functions.TestRuns;

/// <summary>A file with the draft to read it by.</summary>
/// <param name="Name">Says how it is to be unpacked.</param>
internal sealed record TestRunForm(IFormFile File, string Name, JsonElement Integration)
{
    public static async Task<TestRunForm?> ReadAsync(ApiRequest ask, HttpRequest request, long maxBytes, CancellationToken cancel)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = maxBytes, ValueLengthLimit = JsonBody.MaxBytes }, cancel);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException)
        {
            ask.Refuse(ApiErrorCode.InvalidValue, "", "The body is not valid multipart/form-data, or too large.");
            return null;
        }

        foreach (var unknown in form.Keys.Where(key => key != "integration").Concat(form.Files.Select(file => file.Name).Where(name => name != "file")))
            ask.Refuse(ApiErrorCode.UnknownMember, unknown, $"unknown part \"{unknown}\", expected file, integration");
        var file = form.Files.GetFile("file");
        if (file is null) ask.Refuse(ApiErrorCode.MissingMember, "file", "\"file\" is missing: expected the CSV file");
        else if (!FileNames.HasKnownExtension(file.FileName)) ask.Refuse(ApiErrorCode.InvalidValue, "file", $"expected a name that ends in {FileNames.Expected}");
        var integration = ReadIntegration(ask, form["integration"]);
        return file is null || integration is null || ask.Problem is not null ? null : new TestRunForm(file, $"upload{Ending(file.FileName)}", integration.Value);
    }

    private static JsonElement? ReadIntegration(ApiRequest ask, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            ask.Refuse(ApiErrorCode.MissingMember, "integration", "\"integration\" is missing: expected an integration's JSON, or the id of a saved one");
            return null;
        }

        // An id stands there as it is, or in quotes as JSON.
        if (text.TrimStart()[0] is not ('{' or '"' or '[')) return JsonSerializer.SerializeToElement(text.Trim());
        var (value, errors) = JsonBody.Parse<Wrapped>(System.Text.Encoding.UTF8.GetBytes($"{{\"integration\":{text}}}"));
        ask.Refuse(errors);
        return value?.Integration;
    }

    private static string Ending(string name)
    {
        var packed = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var ending = Path.GetExtension(packed ? name[..^3] : name).ToLowerInvariant();
        return packed ? ending + ".gz" : ending;
    }

    private sealed record Wrapped
    {
        public required JsonElement Integration { get; init; }
    }
}
