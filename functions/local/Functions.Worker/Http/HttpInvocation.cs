using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>The request of an invocation, before the middleware of the ASP.NET Core integration shows it to the app.</summary>
internal sealed record HttpInvocation(HttpContext Http);
