using Azure.Core;
using Azure.Storage.Blobs;

namespace Usage.Local.Machine;

internal static class StorageOptions
{
    /// <summary>For an emulator on the same machine: what doesn't answer at once is down, and waiting long says nothing new.</summary>
    public static BlobClientOptions Emulated() =>
        new() { Retry = { MaxRetries = 3, Mode = RetryMode.Fixed, Delay = TimeSpan.FromMilliseconds(300) } };
}
