using FsCheck;
using FsCheck.Fluent;
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

    [Fact]
    public void Every_cut_and_order_gives_what_the_reference_gives() =>
        Prop.ForAll(ImportCases.All, Cuts, (file, cut) =>
        {
            var expected = ReferenceImport.Run(file.Csv, file.Mapping, file.Accounts);
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
            Assert.Equivalent(one.Totals, two.Totals, strict: true);
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

    private static EngineResult Import(ImportCase file, (int BatchBytes, int Partitions, int Seed) cut) =>
        new EngineImport(file.Mapping, file.Accounts, cut.BatchBytes, cut.Partitions, cut.Seed).RunAsync(file.Csv).GetAwaiter().GetResult();
}
