using Usage.Core.Ids;

namespace Usage.Functions.Reports;

/// <summary>An account as answers name it; the id stands for the name of one that is gone.</summary>
public sealed record AccountName(AccountId Id, string Name);
