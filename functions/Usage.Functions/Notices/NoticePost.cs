using System.Net.Http.Headers;
using System.Text.Json;
using Usage.Core;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Core.Runs;
using Usage.Functions.Outbound;

namespace Usage.Functions.Notices;

/// <summary>One POST, signed as <see cref="WebhookSignature"/> says. Its id is the run's: a receiver that gets it twice knows it.</summary>
public sealed class NoticePost(GuardedHttp http, SecretSettings secrets, TimeProvider clock)
{
    /// <exception cref="OutboundException">It wasn't taken: any answer but 2xx, redirects included, or none.</exception>
    public async Task SendAsync(Notify notify, IntegrationId integration, Run run, CancellationToken cancellationToken)
    {
        var (body, now) = (JsonSerializer.SerializeToUtf8Bytes(RunNotice.Of(run), CoreJson.Options), clock.GetUtcNow());
        var url = secrets.FillAddress(notify.Url, integration);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Usage");
        request.Headers.Add(WebhookSignature.IdHeader, run.Id.Value);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(now));
        request.Headers.Add(WebhookSignature.SignatureHeader, Sign(notify, url, integration, run, now, body));
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new OutboundException($"{request.RequestUri!.Authority} answered {(int)response.StatusCode}, expected 2xx", Retry.Later);
    }

    private string Sign(Notify notify, Uri url, IntegrationId integration, Run run, DateTimeOffset now, byte[] body)
    {
        try
        {
            return WebhookSignature.Sign(secrets.Fill(notify.Secret, url, integration), run.Id.Value, now, body);
        }
        catch (FormatException)
        {
            throw new OutboundException($"the app setting of {notify.Secret} begins with whsec_ and isn't base64 after it", Retry.Never);
        }
    }
}
