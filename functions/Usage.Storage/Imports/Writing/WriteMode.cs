namespace Usage.Storage.Imports.Writing;

/// <summary>What is done with the merged values.</summary>
// Histories of orchestrations have the numbers of these, so new ones are added at the end.
public enum WriteMode
{
    /// <summary>There is nothing to merge.</summary>
    None,

    /// <summary>Only counts: the run is refused, or may be a duplicate.</summary>
    Count,

    Write,

    /// <summary>Compares with what is stored, for a test run.</summary>
    Compare,

    /// <summary>Counts what <see cref="Write"/> has written: the run has failed, and nothing more is written.</summary>
    Settle,
}
