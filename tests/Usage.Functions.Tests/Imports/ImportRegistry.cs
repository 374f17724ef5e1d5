using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Erasing;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Functions.Mending;
using Usage.Functions.Runs;
using Usage.Functions.Unmatched;

namespace Usage.Functions.Tests.Imports;

/// <summary>The orchestrators and activities of an import, as the worker registers them.</summary>
internal static class ImportRegistry
{
    public static void Fill(DurableTaskRegistry registry, ImportHost host)
    {
        registry.AddOrchestratorFunc(ImportHost.Asleep, context => context.WaitForExternalEvent<bool>("never"));
        registry.AddOrchestratorFunc(ImportHost.Defective, _ => Task.CompletedTask);
        registry.AddOrchestratorFunc<RunStart>(RunScheduler.Orchestration, ImportFile.RunAsync);
        registry.AddOrchestratorFunc<FanOut.Input>(nameof(FanOut), FanOut.RunAsync);
        Add<AdmitFile.Input, TakeTurn.Output>(nameof(AdmitFile), input => host.Get<AdmitFile>().RunAsync(input, host.Client, default));
        Add<TakeTurn.Input, TakeTurn.Output>(nameof(TakeTurn), input => host.Get<TakeTurn>().RunAsync(input, host.Client, default));
        Add<PlanBatches.Input, PlanBatches.Output>(nameof(PlanBatches), input => host.Get<PlanBatches>().RunAsync(input, default));
        Add<PlanBatches.Input, PlanBatches.Output>(nameof(PlanChild), input => host.Get<PlanChild>().RunAsync(input, default));
        Add<ImportWhole.Input, ImportWhole.Output>(nameof(ImportWhole), input => host.Get<ImportWhole>().RunAsync(input, default));
        Add<Decide.Input, Decide.Output>(nameof(Decide), input => host.Get<Decide>().RunAsync(input, default));
        Add<DecideDuplicate.Input, Decide.Output>(nameof(DecideDuplicate), input => host.Get<DecideDuplicate>().RunAsync(input, default));
        Add<BeginWriting.Input, BeginWriting.Output>(nameof(BeginWriting), input => host.Get<BeginWriting>().RunAsync(input, default));
        Add<FinishRun.Input, FinishRun.Output>(nameof(FinishRun), input => host.Get<FinishRun>().RunAsync(input, default));
        Add<FailRun.Input, FailRun.Output>(nameof(FailRun), input => host.Get<FailRun>().RunAsync(input, default));
        registry.AddOrchestratorFunc<RunStart>(RunScheduler.TakingBack, TakeBack.RunAsync);
        Add<BeginTakingBack.Input, BeginTakingBack.Output>(
            nameof(BeginTakingBack), input => host.Get<BeginTakingBack>().RunAsync(input, default));
        Add<FinishTakingBack.Input, FinishTakingBack.Output>(
            nameof(FinishTakingBack), input => host.Get<FinishTakingBack>().RunAsync(input, default));
        Add<RemoveValue.Input, RemoveValue.Output>(nameof(RemoveValue), input => host.Get<RemoveValue>().RunAsync(input, default));
        registry.AddOrchestratorFunc<RunStart>(RunScheduler.Erasing, EraseAccount.RunAsync);
        Add<BeginErasing.Input, BeginErasing.Output>(nameof(BeginErasing), input => host.Get<BeginErasing>().RunAsync(input, default));
        registry.AddActivityFunc<EraseSnapshots.Input>(
            nameof(EraseSnapshots), (_, input) => host.Get<EraseSnapshots>().RunAsync(input, default));
        Add<AwaitReaders.Input, AwaitReaders.Output>(nameof(AwaitReaders), input => host.Get<AwaitReaders>().RunAsync(input, default));
        Add<EraseKept.Input, EraseKept.Output>(nameof(EraseKept), input => host.Get<EraseKept>().RunAsync(input, default));
        registry.AddActivityFunc<FinishErasing.Input>(
            nameof(FinishErasing), (_, input) => host.Get<FinishErasing>().RunAsync(input, default));
        registry.AddOrchestratorFunc<ResolveIdentifier.Input, ResolveIdentifier.Output>(
            nameof(ResolveIdentifier), (context, input) => ResolveIdentifier.RunAsync(context, input));
        Add<WriteResolution.Input, WriteResolution.Output>(
            nameof(WriteResolution), input => host.Get<WriteResolution>().RunAsync(input, default));
        Add<StartReplay.Input, StartReplay.Output>(
            nameof(StartReplay), input => host.Get<StartReplay>().RunAsync(input, host.Client, default));
        registry.AddOrchestratorFunc<RunId>(LargePreviews.Orchestration, PreviewChanges.RunAsync);
        registry.AddActivityFunc<CountPreview.Input>(nameof(CountPreview), (_, input) => host.Get<CountPreview>().RunAsync(input, default));
        registry.AddActivityFunc<RunId>(RunScheduler.LookAgain, (_, run) => host.Get<LookAgain>().RunAsync(run, host.Client, default));
        registry.AddActivityFunc<TakeBackPartition.Input>(
            nameof(TakeBackPartition), (_, input) => host.Get<TakeBackPartition>().RunAsync(input, default));
        registry.AddActivityFunc<ReadBatch.Input>(nameof(ReadBatch), (_, input) => host.Get<ReadBatch>().RunAsync(input, default));
        registry.AddActivityFunc<WriteSnapshots.Input>(
            nameof(WriteSnapshots), (_, input) => host.Get<WriteSnapshots>().RunAsync(input, default));

        void Add<TInput, TOutput>(string name, Func<TInput, Task<TOutput>> work) =>
            registry.AddActivityFunc<TInput, TOutput>(name, (_, input) => work(input));
    }
}
