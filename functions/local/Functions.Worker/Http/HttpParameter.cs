using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

internal static class HttpParameter
{
    public static ParameterSource For(ParameterInfo parameter) => parameter.ParameterType == typeof(HttpRequest)
        ? static context => new(context.GetHttpContext()?.Request)
        : throw new StartupException($"[HttpTrigger] '{parameter.Name}' is a {parameter.ParameterType.Name}, expected Microsoft.AspNetCore.Http.HttpRequest.");
}
