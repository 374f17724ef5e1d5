using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Usage.Local.Azurite;

namespace Functions.Worker.Tests.Blobs;

/// <summary>Reads the one message of the poison queue with a plain signed request.</summary>
public static partial class PoisonMessages
{
    public static async Task<string> PeekAsync(AzuriteProcess azurite)
    {
        var parts = azurite.ConnectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).ToDictionary(p => p[..p.IndexOf('=')], p => p[(p.IndexOf('=') + 1)..]);
        var uri = new Uri(parts["QueueEndpoint"] + "/webjobs-blobtrigger-poison/messages?peekonly=true");
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        var date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-version", "2021-12-02");
        var text = $"GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:{date}\nx-ms-version:2021-12-02\n/{parts["AccountName"]}{uri.AbsolutePath}\npeekonly:true";
        var signature = HMACSHA256.HashData(Convert.FromBase64String(parts["AccountKey"]), Encoding.UTF8.GetBytes(text));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {parts["AccountName"]}:{Convert.ToBase64String(signature)}");
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return Encoding.UTF8.GetString(Convert.FromBase64String(Message().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value));
    }

    [GeneratedRegex("<MessageText>(.*?)</MessageText>")]
    private static partial Regex Message();
}
