using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Functions.Http.Errors;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Imports;
using Usage.Storage.Products;

namespace Usage.Functions.Tests.Runs;

/// <summary>What a queued or working run has pinned stays until it has ended.</summary>
public sealed class RunUseTests(ImportHost host)
{
    private static readonly DimensionId Seats = new("seats");

    private RunUse Use => host.Get<RunUse>();

    [Fact]
    public async Task What_a_queued_run_has_pinned_is_in_use_and_names_it()
    {
        var integration = await host.AddIntegrationAsync();
        var product = new ProductId(integration.Id.Value);
        var run = await AdmitAsync(integration);

        var found = Assert.Single(await Use.OfDimensionAsync(product, Seats, "dimension", default));
        Assert.Equal(
            new ApiError("in-use", "dimension", $"run {run} of integration \"{integration.Id}\" writes dimension \"seats\" of product "
                + $"\"{product}\"; wait until it has ended, or cancel it first"),
            found);
        Assert.Single(await Use.OfProductAsync(product, "product", default));
        Assert.Single(await Use.OfIntegrationAsync(integration.Id, "integration", default));
        Assert.Empty(await Use.OfDimensionAsync(product, new DimensionId("other"), "dimension", default));
        Assert.Empty(await Use.OfProductAsync(new ProductId("other"), "product", default));

        await host.Get<RunEnd>().CancelAsync(run, default);
        Assert.Empty(await Use.OfProductAsync(product, "product", default));
        Assert.Empty(await Use.OfIntegrationAsync(integration.Id, "integration", default));
    }

    [Fact]
    public async Task A_run_at_work_holds_all_accounts()
    {
        var run = await AdmitAsync(await host.AddIntegrationAsync());
        await host.Get<PlanBatches>().RunAsync(new PlanBatches.Input(run), default);

        Assert.Equal("in-use", Assert.Single(await Use.OfAccountsAsync("account", default)).Code);

        await host.Get<RunEnd>().CancelAsync(run, default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_pinned_what_is_gone_by_the_time_it_is_queued_fails(bool retyped)
    {
        var integration = await host.AddIntegrationAsync();
        var (products, id) = (host.Get<ProductStore>(), new ProductId(integration.Id.Value));
        var drop = await host.DropAsync(integration.Id.Value, "acme,2026-03-01,3\n");
        // As an attempt that died here has left it; then the dimension is deleted, and made anew.
        var mapping = ImportMappings.Pin(
            integration, await products.MapAsync(default), drop.Origin(), drop.ArrivedAt, TimeZoneInfo.Utc);
        await host.Get<RunFiles>().AddMappingAsync(drop.RunId, mapping, default);
        var stored = (await products.GetAsync(id, default))!;
        var dimension = stored.Value.Dimensions[0] with { DataType = Usage.Core.Values.DataType.Text };
        Product after = stored.Value with { Dimensions = retyped ? [dimension] : [dimension with { Id = new DimensionId("other") }] };
        await products.TryWriteAsync(after, stored, default);

        var run = await host.ImportAsync(drop);

        Assert.Equal((RunStatus.Failed, IssueCode.IntegrationNotReady, 0L), (run.Status, run.Error!.Code, run.Snapshots));
        Assert.Empty(await host.StoredAsync(integration));
    }

    private async Task<RunId> AdmitAsync(Integration integration)
    {
        var drop = await host.DropAsync(integration.Id.Value, "acme,2026-03-01,3\n");
        await host.Get<AdmitFile>().RunAsync(new AdmitFile.Input(drop.RunId, drop), host.Client, default);
        return drop.RunId;
    }
}
