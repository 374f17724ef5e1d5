namespace Usage.Core.Values;

/// <summary>What a dimension's values are: stored as Edm.Double, Edm.String, Edm.Boolean.</summary>
public enum DataType { Numeric, Text, Boolean }
