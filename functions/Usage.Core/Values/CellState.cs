namespace Usage.Core.Values;

/// <summary>What a cell turned out to be.</summary>
public enum CellState { Blank, Value, Bad }
