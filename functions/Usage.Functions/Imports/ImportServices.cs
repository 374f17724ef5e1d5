using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Functions.Settings;
using Usage.Storage.Tables;

namespace Usage.Functions.Imports;

internal static class ImportServices
{
    /// <summary>What the activities need, which includes those activities that are called by others directly.</summary>
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton(provider => new TransactionOptions { AtOnce = provider.GetRequiredService<UsageOptions>().TransactionsAtOnce })
        .AddSingleton<RunEnd>().AddSingleton<ResolvedMeanwhile>()
        .AddSingleton<TakeTurn>().AddSingleton<Corrections>().AddSingleton<PlanChild>()
        .AddSingleton<GroupWriter>().AddSingleton<PieceWriter>().AddSingleton<GroupComparer>().AddSingleton<BeginWriting>()
        .AddSingleton<WriteBases>()
        .AddSingleton<ReadBatch>().AddSingleton<Decide>().AddSingleton<DecideDuplicate>().AddSingleton<WriteSnapshots>()
        .AddSingleton<FinishRun>();
}
