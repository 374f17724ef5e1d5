using System.Diagnostics;
using System.Text;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Tables;
using Usage.Storage.Snapshots;

namespace Usage.Benchmarks.Imports;

/// <summary>One size of file: what its import asks of the storage, and how long it takes, in turn with its table transactions alone.</summary>
internal sealed class ImportSize
{
    private const int NameLength = 12;

    private readonly List<Imported> _imports = [];
    private readonly List<double> _alone = [];
    private readonly IReadOnlyList<Transaction> _transactions;
    private readonly string _counted;
    private readonly int _accounts;

    private ImportSize(int rows, int accounts, string counted, IReadOnlyDictionary<string, int> requests, IReadOnlyList<Transaction> transactions) =>
        (Rows, _accounts, _counted, Requests, _transactions) = (rows, accounts, counted, requests, transactions);

    public int Rows { get; }

    public IReadOnlyDictionary<string, int> Requests { get; }

    public int Transactions => _transactions.Count;

    public IReadOnlyList<Imported> Imports => _imports;

    /// <summary>Seconds that the same transactions took from a bare client.</summary>
    public IReadOnlyList<double> Alone => _alone;

    public static async Task<ImportSize> CountAsync(ImportProbe probe, StorageProxy proxy, int rows, int accounts, CancellationToken cancel)
    {
        var name = Name('c', rows, 0);
        proxy.ForgetTransactions();
        await probe.PrepareAsync(name, cancel);
        proxy.TakeCounts();
        await probe.ImportAsync(name, rows, accounts, cancel);
        // The run has ended; what it leaves behind is taken away a moment later.
        await Task.Delay(500, cancel);
        return new ImportSize(rows, accounts, name, proxy.TakeCounts(), proxy.SnapshotTransactions);
    }

    public async Task MeasureAsync(ImportProbe probe, BareTables bare, int time, CancellationToken cancel)
    {
        await probe.PrepareAsync(Name('t', Rows, time), cancel);
        _imports.Add(await probe.ImportAsync(Name('t', Rows, time), Rows, _accounts, cancel));
        var transactions = Renamed(Name('r', Rows, time));
        var watch = Stopwatch.StartNew();
        await bare.SendAllAsync(transactions, new SnapshotWriterOptions().TransactionsAtOnce, cancel);
        _alone.Add(watch.Elapsed.TotalSeconds);
        await Console.Error.WriteLineAsync($"{Rows:N0} rows: {_imports[^1].Seconds:0.00} s, its transactions alone {_alone[^1]:0.00} s");
    }

    // Of the same length whatever it is, so that a transaction can be told for another product without writing it anew.
    private static string Name(char kind, int rows, int time) => $"{kind}{rows:00000000}-{time:00}"[..NameLength];

    private List<Transaction> Renamed(string product)
    {
        var (from, to) = (Encoding.ASCII.GetBytes(_counted), Encoding.ASCII.GetBytes(product));
        return [.. _transactions.Select(transaction => transaction with { Body = Replaced(transaction.Body, from, to) })];
    }

    private static byte[] Replaced(byte[] body, byte[] from, byte[] to)
    {
        var copy = body.ToArray();
        for (var rest = copy.AsSpan(); rest.IndexOf(from) is >= 0 and var at; rest = rest[(at + from.Length)..]) to.CopyTo(rest[at..]);
        return copy;
    }
}
