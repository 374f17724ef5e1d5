namespace Usage.Core.Changes;
/// <summary>
/// The format in which groups of writes are kept: about 20 bytes for an account with four numbers.
/// <code>
/// group   = product:varint date:varint block:varint accounts:varint account*
/// account = place:varint rows:varint row* cells:varint cell*           place of the account in its block
/// row     = varint                                                     (its distance to the row before, zigzag) * 8
///                                                                        + (the kind of key that found the account) * 2 + (1 when refused)
/// cell    = tag:varint new:value [old:value] [from:varint count:varint]  tag = dimension * 16 + (8 when taken back)
///                                                                        + (4 when superseded) + old's kind;
///                                                                        the source is given where the account has several rows
/// old     = 0 nothing · 1 as the new one · 2 another, which follows
/// value   = 0 none · 1 false · 2 true · 3 + 8 bytes little-endian · varint * 8 + 4: an integer, zigzag
///           · length * 8 + 5 and UTF-8
/// </code>
/// </summary>
internal static class WritesFormat
{
    internal const int OldNothing = 0;
    internal const int OldSame = 1;
    internal const int OldOther = 2;
    internal const int SupersededBit = 4;
    internal const int TakenBackBit = 8;
    internal const int TagBits = 4;

    internal const int None = 0;
    internal const int False = 1;
    internal const int True = 2;
    internal const int Double = 3;
    internal const int Integer = 4;
    internal const int Text = 5;
    internal const int KindMask = 7;

    /// <summary>Doubles hold all integers up to here, and an eighth of it is left for the kind.</summary>
    internal const double MaxInteger = 1L << 53;

    internal static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    internal static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
