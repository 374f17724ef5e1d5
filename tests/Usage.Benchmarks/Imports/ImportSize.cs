using System.Diagnostics;
using System.Text;
using Usage.Benchmarks.Tables;
using Usage.Benchmarks.Writing;

namespace Usage.Benchmarks.Imports;

/// <param name="EmulatorProcessor">Seconds.</param>
internal sealed record Alone(double Seconds, double EmulatorProcessor);

/// <summary>
/// One size of file: what its import asks of the storage, and how long it takes, in turn with its table transactions alone.
/// </summary>
internal sealed class ImportSize
{
    private const int NameLength = 12;

    private readonly List<Imported> _imports = [];
    private readonly List<Alone> _alone = [];
    private readonly List<double> _reading = [];
    private readonly List<double> _peer = [];
    private readonly IReadOnlyList<Transaction> _transactions;
    private readonly string _counted;

    private ImportSize(int rows, string counted, IReadOnlyDictionary<string, int> requests, IReadOnlyList<Transaction> transactions) =>
        (Rows, _counted, Requests, _transactions) = (rows, counted, requests, transactions);

    public int Rows { get; }

    public IReadOnlyDictionary<string, int> Requests { get; }

    public int Transactions => _transactions.Count;

    public IReadOnlyList<Imported> Imports => _imports;

    /// <summary>The same transactions from a bare client.</summary>
    public IReadOnlyList<Alone> Bare => _alone;

    /// <summary>Processor seconds that reading the file takes alone.</summary>
    public IReadOnlyList<double> Reading => _reading;

    /// <summary>Seconds that a tuned script takes; empty where it wasn't asked.</summary>
    public IReadOnlyList<double> Peer => _peer;

    public static async Task<ImportSize> CountAsync(ImportProbe probe, RequestLog log, int rows, CancellationToken cancellationToken)
    {
        var name = Name('c', rows, 0);
        log.ForgetTransactions();
        await probe.PrepareAsync(name, cancellationToken);
        log.TakeCounts();
        await probe.ImportAsync(name, rows, cancellationToken);
        // The run has ended; what it leaves behind is taken away a moment later.
        await Task.Delay(500, cancellationToken);
        return new ImportSize(rows, name, log.TakeCounts(), log.SnapshotTransactions);
    }

    public async Task MeasureAsync(ImportProbe probe, BareTables bare, Reading reading, int time, CancellationToken cancellationToken)
    {
        await probe.PrepareAsync(Name('t', Rows, time), cancellationToken);
        await probe.EmptySnapshotsAsync(cancellationToken);
        _imports.Add(await probe.ImportAsync(Name('t', Rows, time), Rows, cancellationToken));
        var transactions = Renamed(Name('r', Rows, time));
        await probe.EmptySnapshotsAsync(cancellationToken);
        var (watch, emulator) = (Stopwatch.StartNew(), probe.EmulatorProcessor);
        await bare.SendAllAsync(transactions, WriteSubject.AtOnce, cancellationToken);
        _alone.Add(new Alone(watch.Elapsed.TotalSeconds, probe.EmulatorProcessor - emulator));
        _reading.Add(await reading.SecondsAsync(Rows, cancellationToken));
        await Console.Error.WriteLineAsync(
            $"{Rows:N0} rows: {_imports[^1].Seconds:0.00} s, its transactions alone {_alone[^1].Seconds:0.00} s");
    }

    /// <summary>The script's time for the same file.</summary>
    public async Task MeasurePeerAsync(ImportProbe probe, PeerScript peer, int time, CancellationToken cancellationToken)
    {
        await probe.EmptySnapshotsAsync(cancellationToken);
        _peer.Add(await peer.ImportAsync(await probe.WriteFileAsync(Rows, cancellationToken), Name('s', Rows, time), cancellationToken));
        await Console.Error.WriteLineAsync($"{Rows:N0} rows: the script {_peer[^1]:0.00} s");
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
