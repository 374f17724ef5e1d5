using System.Buffers.Text;

namespace Azure.Data.Tables.Transactions;

/// <summary>Cuts the answer to a transaction into one response an action; only their status lines are read.</summary>
internal static class BatchAnswer
{
    /// <exception cref="RequestFailedException">The answer isn't one to a transaction.</exception>
    public static List<Response> Parse(Response answer, int expected)
    {
        var responses = new List<Response>(expected);
        var body = answer.Content.ToMemory();
        var start = body.Span.IndexOf("HTTP/1.1 "u8);
        while (start >= 0)
        {
            var part = body[start..];
            // A status line begins a line; the text "HTTP/1.1 " within a message doesn't.
            var next = part.Span[9..].IndexOf("\nHTTP/1.1 "u8);
            if (next >= 0) part = part[..(next + 10)];
            if (!Utf8Parser.TryParse(part.Span[9..], out int status, out _))
                throw new RequestFailedException(answer.Status, "The answer to the transaction has a part without a status.");
            responses.Add(new BatchPartResponse(status, part, answer.ClientRequestId));
            start = next < 0 ? -1 : start + next + 10;
        }

        return responses;
    }
}
