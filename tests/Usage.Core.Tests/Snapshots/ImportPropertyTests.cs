using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Tests.Reference;

namespace Usage.Core.Tests.Snapshots;

/// <summary>The engine against the plain reference, for random files, configurations, batches, partitions and orders.</summary>
public sealed class ImportPropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(400);

    private static readonly Arbitrary<(int BatchBytes, int Partitions, int Seed)> Cuts =
        (from bytes in Gen.Elements(1, 1, 60, 300, 4 << 20)
         from partitions in Gen.Choose(1, 7)
         from seed in Gen.Choose(0, int.MaxValue)
         select (bytes, partitions, seed)).ToArbitrary();

    private static readonly Arbitrary<Resolution[]> Said =
        (from kind in Gen.Elements(Enum.GetValues<MatchBy>())
         from key in Gen.Elements(CaseRows.Keys)
         from account in Gen.Elements<AccountId?>(
             [null, new("gone"), .. CaseRows.Accounts.Select(account => (AccountId?)account.Account.Id)])
         select new Resolution
         {
             Integration = new IntegrationId("usage"),
             By = kind,
             Key = key,
             Account = account,
             Ignore = account is null ? new Ignoring("A test.", null) : null,
             Author = "somebody",
             At = DateTimeOffset.UnixEpoch,
         }).ArrayOf().Select(all => all.DistinctBy(one => (one.By, one.Key.ToUpperInvariant())).ToArray()).ToArbitrary();

    [Fact]
    public void Every_cut_and_order_gives_what_the_reference_gives() =>
        Prop.ForAll(ImportCases.All, Cuts, (file, cut) =>
        {
            var expected = ReferenceImport.Run(file.Csv, file.Mapping, file.Accounts, []);
            var actual = Import(file, cut);
            EngineAnswer.Check(expected, actual);
        }).Check(Runs);

    [Fact]
    public void Two_cuts_give_the_same_to_the_last_bit() =>
        Prop.ForAll(ImportCases.All, Cuts, Cuts, (file, cut, other) =>
        {
            var (one, two) = (Import(file, cut), Import(file, other));
            Assert.Equal(EngineAnswer.Values(one), EngineAnswer.Values(two));
            Assert.Equivalent(one.Tally with { Groups = 0 }, two.Tally with { Groups = 0 }, strict: true);
            Assert.Equivalent(one.Totals with { Waiting = [] }, two.Totals with { Waiting = [] }, strict: true);
            Assert.Equal(one.Waiting.Select(Told), two.Waiting.Select(Told));
            Assert.Equal(one.RejectedLines, two.RejectedLines);
        }).Check(Runs);

    [Fact]
    public void Every_group_is_one_transaction()
    {
        Prop.ForAll(ImportCases.All, Cuts, (file, cut) =>
        {
            var groups = Import(file, cut).Groups;
            Assert.Equal(groups.Count, groups.DistinctBy(group => (group.Block, group.Product, group.Date)).Count());
            Assert.All(groups, group =>
            {
                Assert.InRange(group.Snapshots.Count, 1, Partitioning.BlockSize);
                Assert.Equal(group.Snapshots.Count, group.Snapshots.DistinctBy(snapshot => snapshot.Account).Count());
                Assert.All(group.Snapshots, snapshot => Assert.Equal(group.Block, Partitioning.Block(snapshot.Account)));
                Assert.All(group.Snapshots, snapshot => Assert.True(snapshot.Count() > 0));
            });
        }).Check(Runs);
    }

    [Fact]
    public void Resolved_identifiers_are_the_accounts_that_they_were_said_to_be() =>
        Prop.ForAll(ImportCases.All, Cuts, Said, (file, cut, resolutions) =>
        {
            var expected = ReferenceImport.Run(file.Csv, file.Mapping, file.Accounts, resolutions);
            var actual = new EngineImport(file.Mapping, file.Accounts, cut.BatchBytes, cut.Partitions, cut.Seed)
            {
                Resolutions = resolutions,
            }.RunAsync(file.Csv).GetAwaiter().GetResult();
            EngineAnswer.Check(expected, actual);
        }).Check(Runs);

    private static string Told(WaitingKey key) =>
        $"{key.By} {key.Key} {key.Text} {key.Ambiguous} {key.Rows}+{key.OtherRows} "
        + $"{string.Join(',', WaitingDetails.Dates(key.PackedDates))} {string.Join(',', WaitingDetails.Cells(key.PackedContext))}";

    private static EngineResult Import(ImportCase file, (int BatchBytes, int Partitions, int Seed) cut) =>
        new EngineImport(file.Mapping, file.Accounts, cut.BatchBytes, cut.Partitions, cut.Seed).RunAsync(file.Csv).GetAwaiter().GetResult();
}
