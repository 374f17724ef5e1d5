using System.Reflection;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

internal static class BlobParameter
{
    public static ParameterSource For(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return type == typeof(BlobClient) ? static context => new(Client(context))
            : type == typeof(BlobBaseClient) ? static context => new(Client(context))
            : type == typeof(BlockBlobClient) ? static context => new(Input(context).Container.GetBlockBlobClient(Input(context).Name))
            : type == typeof(BlobContainerClient) ? static context => new(Input(context).Container)
            : type == typeof(Stream) ? static async context => await Client(context).OpenReadAsync(cancellationToken: context.CancellationToken)
            : type == typeof(string) ? static async context => (await ContentAsync(context)).ToString()
            : type == typeof(byte[]) ? static async context => (await ContentAsync(context)).ToArray()
            : throw new StartupException(
                $"[BlobTrigger] '{parameter.Name}' is a {type.Name}, expected a BlobClient, BlockBlobClient, BlobContainerClient, Stream, string or byte[].");
    }

    private static BlobInput Input(FunctionContext context) => context.Features.Get<BlobInput>()!;

    private static BlobClient Client(FunctionContext context) => Input(context).Container.GetBlobClient(Input(context).Name);

    private static async Task<BinaryData> ContentAsync(FunctionContext context) =>
        (await Client(context).DownloadContentAsync(context.CancellationToken)).Value.Content;
}
