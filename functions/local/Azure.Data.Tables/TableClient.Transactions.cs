#nullable disable
using Azure.Core;
using Azure.Data.Tables.Errors;
using Azure.Data.Tables.Transactions;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

public partial class TableClient
{
    private const int UsualBatch = 64 * 1024;

    /// <summary>Stores all actions or none. They must be of one partition, each entity once, at most 100 and 4 MiB.</summary>
    /// <returns>One response an action, in their order.</returns>
    /// <exception cref="TableTransactionFailedException">An action was refused; nothing was stored.</exception>
    /// <exception cref="InvalidOperationException">There are no actions.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var buffer = new PooledBuffer(UsualBatch);
        var id = Guid.NewGuid();
        var count = _batches.Write(buffer, id, transactionActions);
        if (count == 0) throw new InvalidOperationException("A transaction needs at least one action: there is none to submit.");

        using var message = _requests.Create(RequestMethod.Post, "/$batch", Outcomes.Accepted);
        message.Request.Headers.Add("Content-Type", $"multipart/mixed; boundary=batch_{id}");
        message.Request.Content = RequestContent.Create(buffer.Written);
        var answer = await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var responses = BatchAnswer.Parse(answer, count);
        foreach (var response in responses)
            if (response.IsError) throw new TableTransactionFailedException(Outcomes.Failure(response));
        if (responses.Count != count)
            throw new RequestFailedException(answer.Status, $"The transaction has {count} actions, its answer {responses.Count}: whether it was stored is not known.");
        buffer.Release();
        return Response.FromValue<IReadOnlyList<Response>>(responses, answer);
    }
}
