namespace Usage.Core.Issues;

/// <summary>What became of one row; every row read has exactly one.</summary>
public enum RowOutcome { Unmatched, Ambiguous, Invalid, Partial, Empty, Recorded, Superseded }
