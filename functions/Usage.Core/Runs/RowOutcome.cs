namespace Usage.Core.Runs;

/// <summary>What became of one row; every row read has exactly one.</summary>
public enum RowOutcome { Unmatched, Ambiguous, Invalid, Partial, Empty, Recorded, Superseded }
