using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;
using Usage.Core.Outbound;
using Usage.Functions.Outbound;

namespace Usage.Functions.Pulls.Downloads;

/// <summary>
/// Signs requests for the blobs of <c>Usage__Pulls__BlobSources</c> with the app's own identity, which needs the role Storage Blob Data
/// Reader there.
/// </summary>
public sealed class BlobIdentity(TokenCredential credential, BlobSources sources)
{
    private static readonly TokenRequestContext Storage = new(["https://storage.azure.com/.default"]);

    /// <summary>Not where the integration has a signature or an Authorization of its own.</summary>
    /// <param name="url">That is asked: the target's, or where it redirects to within its origin.</param>
    /// <param name="target">The source.</param>
    public bool AppliesTo(Uri url, PullTarget target) =>
        sources.Contains(url)
        && !target.Headers.Keys.Contains("Authorization", StringComparer.OrdinalIgnoreCase)
        && !url.Query.TrimStart('?').Split('&').Any(pair => pair.StartsWith("sig=", StringComparison.OrdinalIgnoreCase));

    public async Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var token = await credential.GetTokenAsync(Storage, cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
            request.Headers.TryAddWithoutValidation("x-ms-version", "2020-12-06");
        }
        catch (AuthenticationFailedException none)
        {
            throw new OutboundException(
                $"the app has no identity for {request.RequestUri!.Host}: "
                + "give its managed identity the role Storage Blob Data Reader there",
                Retry.Later, none);
        }
    }
}
