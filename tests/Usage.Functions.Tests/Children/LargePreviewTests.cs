using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Usage.Core.Changes;
using Usage.Core.Files;
using Usage.Core.Runs;
using Usage.Functions.Mending;
using Usage.Functions.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Changes;
using Usage.Storage.Children;

namespace Usage.Functions.Tests.Children;

/// <summary>Previews that take longer than a request may are counted by a run of kind test.</summary>
public sealed class LargePreviewTests(ImportHost host)
{
    [Fact]
    public async Task A_fix_or_an_undo_that_is_large_is_counted_by_a_run_of_its_own()
    {
        var integration = await host.AddIntegrationAsync();
        var parent = await host.ImportAsync(await host.DropAsync(
            integration.Id.Value,
            "acme,2026-08-01,1\nacme,2026-08-02,N/A\nglobex,2026-08-02,N/A\nnobody,2026-08-01,7\nacme,2026-08-03,x\n"));
        var fix = new ChildPlan(parent.Id)
        {
            Mends = new Mends
            {
                Rules = [new MendRule("seats", "N/A", "5"), new MendRule("account", "nobody", "nobody else")],
            },
        };
        var undo = (await host.Get<UndoPlans>().MakeAsync(parent.Id, ChangeScope.All, [], default))!;

        var (fixing, undoing) = (
            await CountAsync(parent, new PreviewPlan { Children = [fix] }), await CountAsync(parent, new PreviewPlan { Undo = undo }));

        Assert.Equal((RunKind.Test, RunStatus.Succeeded, parent.Id, "ann"), (fixing.Kind, fixing.Status, fixing.Parent, fixing.By));
        Assert.Equal((3, 2, 1), (fixing.Rows.Read, fixing.Rows.Recorded, fixing.Rows.Unmatched));
        // Of acme the value that stays is merged anew too.
        Assert.Equal((new ChangeCounts(2, 0, 1, 0), 3), (fixing.Changes, fixing.Values));
        Assert.Equal(new ChangeCounts(0, 0, 0, 1), undoing.Changes);
        Assert.Equal(["acme 2026-08-01 1"], await host.StoredAsync(integration));
        Assert.Empty((await host.Runs.GetAsync(parent.Id, default)).Run.Children);
    }

    [Theory, InlineData(2, 10, true), InlineData(3, 10, false), InlineData(3, 4, true)]
    public async Task A_preview_is_large_by_its_values_or_by_the_rows_of_the_file(long values, long rows, bool isLarge)
    {
        var integration = await host.AddIntegrationAsync();
        var parent = await host.ImportAsync(await host.DropAsync(
            integration.Id.Value,
            "acme,2026-08-01,1\nacme,2026-08-02,N/A\nacme,2026-08-03,N/A\nglobex,2026-08-01,1\nglobex,2026-08-02,1\n"));
        var plan = new ChildPlan(parent.Id) { Mends = new Mends { Rules = [new MendRule("seats", "N/A", "5")] } };

        var preview = await ActivatorUtilities.CreateInstance<ChildPreviews>(
            host.Get<IServiceProvider>(), new PreviewLimits { MaxValues = values, MaxRows = rows }).TryAsync(plan, made: null, default);

        Assert.Equal((isLarge, isLarge ? 0 : 2), (preview!.IsLarge, preview.Values));
    }

    /// <summary>In an encoding of which the batches are no ranges, so that the text is staged.</summary>
    [Fact]
    public async Task A_fix_that_plans_its_file_anew_is_counted_or_told_why_it_would_record_nothing()
    {
        var integration = await host.AddIntegrationAsync();
        var text = Encoding.Unicode.GetBytes("\uFEFFaccount,day,seats\nacme,03/04/2026,1\nglobex,05/06/2026,2\n");
        var parent = await host.ImportAsync(await host.DropBytesAsync(integration.Id.Value, text, "utf16.csv"));
        var open = new ChildPlan(parent.Id) { Mends = new Mends { Rules = [new MendRule("seats", "2", "3")] } };
        var closed = open with
        {
            Mends = open.Mends with { Rows = [new MendedRow(1, new Dictionary<string, string> { ["day"] = "15/04/2026" })] },
        };

        var failed = await CountAsync(parent, new PreviewPlan { Children = [open] });
        var counted = await CountAsync(parent, new PreviewPlan { Children = [closed] });

        Assert.Equal((RunStatus.Failed, "date-order-undecided"), (failed.Status, failed.Error?.Code));
        Assert.Equal((RunStatus.Succeeded, new ChangeCounts(2, 0, 0, 0), 2), (counted.Status, counted.Changes, counted.Rows.Recorded));
        Assert.Empty(await host.StoredAsync(integration));
    }

    private async Task<Run> CountAsync(Run of, PreviewPlan plan) =>
        await host.EndOfAsync(await host.Get<LargePreviews>().StartAsync(host.Client, "ann", of, plan, default));
}
