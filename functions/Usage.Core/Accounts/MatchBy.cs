namespace Usage.Core.Accounts;

/// <summary>The kinds of keys by which a row finds its account.</summary>
public enum MatchBy { CrmId, Domain, Name, AccountId }
