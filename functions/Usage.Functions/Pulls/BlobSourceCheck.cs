using Microsoft.Extensions.Options;
using Usage.Core;
using Usage.Core.Outbound;
using Usage.Functions.Pulls.Downloads;
using Usage.Storage;

namespace Usage.Functions.Pulls;

/// <summary>
/// Holds the listed blob sources against the app's own account as the app starts: there, its identity reads everybody's files.
/// </summary>
internal sealed class BlobSourceCheck(UsageBlobs blobs) : IValidateOptions<PullOptions>
{
    public ValidateOptionsResult Validate(string? name, PullOptions options)
    {
        var sources = options.GetBlobSources();
        List<string> problems =
        [
            .. sources.Wrong.Select(source =>
                $"{BlobSources.Setting}: found \"{CellText.Shown(source)}\", expected account/container or account/container/prefix."),
        ];
        if (sources.HasAccount(blobs.Account))
            problems.Add($"{BlobSources.Setting}: found {blobs.Account}, the app's own storage account, expected others only: "
                + "move what is to be pulled to an account of its own.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
