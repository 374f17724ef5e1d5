namespace Usage.Host;

/// <param name="Folder">The app's output folder.</param>
/// <param name="Port">On loopback; 0 takes a free one, null that of <c>local.settings.json</c>.</param>
/// <param name="Instance">The host's name among those on one storage; null takes the port.</param>
/// <param name="Mark">By which whoever started this host knows it from a stranger on its port.</param>
internal sealed record HostArguments(string Folder, int? Port, string? Instance, string? Mark);
