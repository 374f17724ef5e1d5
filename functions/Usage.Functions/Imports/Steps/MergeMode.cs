namespace Usage.Functions.Imports.Steps;

/// <summary>What is done with the merged values.</summary>
public enum MergeMode
{
    /// <summary>There is nothing to merge.</summary>
    None,

    /// <summary>Only the figures: the run is refused, or may be a duplicate.</summary>
    Count,

    Write,

    /// <summary>A test run's: with what is stored.</summary>
    Compare,

    /// <summary>Nothing more is written since the run has failed, and what is missing of the figures of <see cref="Write"/> is made up.</summary>
    Settle,
}
