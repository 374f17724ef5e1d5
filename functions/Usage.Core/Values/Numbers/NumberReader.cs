namespace Usage.Core.Values.Numbers;

/// <summary>Reads the numbers of one mapped column. Safe for many threads, and allocates nothing.</summary>
internal sealed class NumberReader(NumberFormat? format)
{
    private readonly DigitGrouping _grouping = format?.Grouping ?? DigitGrouping.Standard;
    private readonly NumberMarks? _marks = format is null ? null : NumberMarks.Of(format);

    /// <param name="cell">Trimmed, not empty.</param>
    /// <param name="separator">The decimal separator, <c>.</c> or <c>,</c></param>
    public NumberState Read(ReadOnlySpan<byte> cell, byte separator, out double value)
    {
        var state = NumberText.Parse(cell, separator, out value, _grouping);
        if (state != NumberState.NotANumber || _marks is null || !_marks.TakeOff(ref cell, out var found)) return state;
        state = NumberText.Parse(cell, separator, out value, _grouping, found.Power);
        if (found.Negative && value != 0) value = -value;
        return state;
    }
}
