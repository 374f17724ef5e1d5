namespace Usage.Core.Suggestions.Columns;

/// <summary>What a column's cells are, as far as a sample shows it.</summary>
public enum ColumnType { Numeric, Text, Boolean, Date, Blank }
