using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Newtonsoft.Json;
using Usage.Host.Settings;

namespace Usage.Host.Timers;

/// <summary>
/// When each timer was last due, kept where the Functions host keeps it. By hand: the one that comes with the timer extension is for a
/// storage library that is gone.
/// </summary>
internal sealed class TimerStatus(BlobServiceClient storage, HostId host) : ScheduleMonitor
{
    private readonly BlobContainerClient _container = storage.GetBlobContainerClient(HostId.Container);

    public override async Task<ScheduleStatus?> GetStatusAsync(string timerName)
    {
        try
        {
            return JsonConvert.DeserializeObject<ScheduleStatus>((await Blob(timerName).DownloadContentAsync()).Value.Content.ToString());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public override async Task UpdateStatusAsync(string timerName, ScheduleStatus status)
    {
        await _container.CreateIfNotExistsAsync();
        await Blob(timerName).UploadAsync(BinaryData.FromString(JsonConvert.SerializeObject(status)), overwrite: true);
    }

    private BlobClient Blob(string timerName) => _container.GetBlobClient($"timers/{host}/{timerName}/status");
}
