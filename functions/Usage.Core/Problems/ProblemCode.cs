namespace Usage.Core.Problems;

/// <summary>The codes of everything that can be wrong with a configuration.</summary>
public static class ProblemCode
{
    public const string Required = "required";
    public const string TooLong = "too-long";
    public const string TooMany = "too-many";
    public const string Invalid = "invalid";
    public const string OutOfRange = "out-of-range";
    public const string Duplicate = "duplicate";
    public const string ReservedColumn = "reserved-column";
    public const string ColumnInTwoRoles = "column-in-two-roles";
    public const string NeedsHistory = "needs-history";
    public const string AggregateUnfit = "aggregate-unfit";
    public const string FreeMailDomain = "free-mail-domain";
    public const string PublicSuffix = "public-suffix";
    public const string InvalidId = "invalid-id";
    public const string EmptyBody = "empty-body";

    public const string PlainSecret = "plain-secret";
    public const string HostNotAllowed = "host-not-allowed";
    public const string SecretNotForHost = "secret-not-for-host";

    public const string UnknownProduct = "unknown-product";
    public const string NoSnapshotPeriod = "no-snapshot-period";
    public const string UnknownDimension = "unknown-dimension";
    public const string TypeConflict = "type-conflict";
    public const string TypeLocked = "type-locked";
    public const string PeriodLocked = "period-locked";
    public const string DimensionsApart = "dimensions-apart";
    public const string TooManyDimensions = "too-many-dimensions";

    public const string NearDuplicateName = "near-duplicate-name";
    public const string DateFormatsOverlap = "date-formats-overlap";
    public const string AggregateWithoutEffect = "aggregate-without-effect";
    public const string UnknownColumn = "unknown-column";
}
