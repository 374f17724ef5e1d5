namespace Usage.Core.Values;

/// <summary>What a row with fewer cells than the header is: broken, or one whose last cells are blank.</summary>
public enum MissingCells { Invalid, Blank }
