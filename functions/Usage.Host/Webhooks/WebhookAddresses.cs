using Microsoft.Azure.WebJobs.Host.Config;
using Usage.Host.Http;

namespace Usage.Host.Webhooks;

#pragma warning disable CS0618 // It is how the durable extension learns its own address, in the Functions host too.
/// <summary>Tells extensions under which address they are reached.</summary>
internal sealed class WebhookAddresses(HostAddresses addresses) : IWebHookProvider
{
    public Uri GetUrl(IExtensionConfigProvider extension) =>
        new(addresses.Public, $"runtime/webhooks/{ExtensionWebhooks.NameOf(extension)}");
}
