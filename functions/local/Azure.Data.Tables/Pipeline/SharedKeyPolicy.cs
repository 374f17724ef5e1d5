using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Pipeline;

/// <summary>Signs each try anew (Shared Key Lite): the date in the signature may be 15 minutes old at most.</summary>
internal sealed class SharedKeyPolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var date = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        var uri = request.Uri.ToUri();
        request.Headers.SetValue("x-ms-date", date);
        // Of the query only "comp" is signed, and nothing here sends one.
        var signature = credential.Sign($"{date}\n/{credential.AccountName}{uri.AbsolutePath}");
        request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{signature}");
    }
}
