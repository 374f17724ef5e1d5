using Azure.Core;
using Azure.Core.Pipeline;

namespace Usage.Storage.Tables;

/// <summary>
/// Lets so many transactions of this process be under way at once as the service makes use of: each try of one counts, the pauses between
/// tries don't.
/// </summary>
internal sealed class TransactionWindow(RequestWindow window) : HttpPipelinePolicy
{
    /// <summary>Nobody sends a transaction this way.</summary>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!message.Request.Uri.Path.EndsWith("/$batch", StringComparison.Ordinal))
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        var (entered, answer) = (await window.EnterAsync(message.CancellationToken), (ServiceAnswer?)null);
        try
        {
            await ProcessNextAsync(message, pipeline);
            answer = message.Response.Status is 429 or 500 or 503 ? ServiceAnswer.PutOff : ServiceAnswer.Done;
        }
        finally
        {
            window.Leave(entered, answer);
        }
    }
}
