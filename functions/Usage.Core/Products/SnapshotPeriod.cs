namespace Usage.Core.Products;

/// <summary>How often a product's usage is captured; it decides the date of a snapshot.</summary>
public enum SnapshotPeriod { Single, Daily, Weekly, Monthly, Quarterly, Yearly }
