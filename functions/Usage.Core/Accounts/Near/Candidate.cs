using Usage.Core.Ids;

namespace Usage.Core.Accounts.Near;

/// <summary>An account that an unmatched key may have meant.</summary>
/// <param name="Score">0 to 1, 1 for the same key.</param>
public sealed record Candidate(AccountId Id, string Name, double Score);
