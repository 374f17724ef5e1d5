namespace Usage.Storage.Imports.Reading;

/// <summary>What is known of a file that couldn't be planned, since what its dates, numbers or words mean was open.</summary>
/// <param name="Header">The names of its columns, as a plan has them.</param>
/// <param name="Rows">How many.</param>
public sealed record UndecidedFile(IReadOnlyList<string> Header, long Rows);
