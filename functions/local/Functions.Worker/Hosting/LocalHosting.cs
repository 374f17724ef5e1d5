using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Local.Blobs;
using Microsoft.Azure.Functions.Worker.Local.Durable;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Http;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Azure.Functions.Worker.Local.Timers;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>From settings and functions to a host that can be started.</summary>
internal static class LocalHosting
{
    private const long DefaultBodyLimit = 104_857_600;

    public static HostSettings ReadSettings(string[] args)
    {
        var root = Environment.GetEnvironmentVariable("AzureWebJobsScriptRoot") is { Length: > 0 } set
            ? Path.GetFullPath(set) : AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var port = LocalSettings.Apply(root);
        return HostSettings.Load(root, LocalAddress.From(args, port));
    }

    public static WebApplicationBuilder CreateWebBuilder(string[] args, Assembly app, HostSettings settings)
    {
        var web = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Nothing is reloaded while it runs, as in the host; and no watcher goes over the folders.
            Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"],
            ApplicationName = app.GetName().Name,
            ContentRootPath = settings.ScriptRoot,
            EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
        });
        // The lowest source: an app's own Logging section says more than host.json.
        ((IConfigurationBuilder)web.Configuration).Sources.Insert(
            0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = settings.LogLevels });
        web.Logging.ClearProviders().AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        web.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit(web.Configuration);
            kestrel.Listen(settings.Address.Address, settings.Address.Port);
        });
        return web;
    }

    public static IHost Build(WebApplicationBuilder web, HostSettings settings, Assembly assembly, FunctionExecutionDelegate pipeline)
    {
        var functions = FunctionFinder.Find(assembly.GetTypes()).Where(f => !IsDisabled(f, web.Configuration)).ToList();
        var routes = HttpRoutes.Of(functions, settings.RoutePrefix);
        if (routes.Count > 0 && !web.Services.Any(s => s.ServiceType == typeof(HttpResultMiddleware)))
            throw new StartupException("The app has HTTP functions: call builder.ConfigureFunctionsWebApplication() in Program.cs.");

        var app = web.Build();
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        var invoker = new FunctionInvoker(pipeline, app.Services.GetRequiredService<IServiceScopeFactory>(), loggers);
        var gate = new KeyGate(settings.Address.IsLoopback ? null : FunctionKeys.Load(settings.DataFolder, Console.WriteLine));
        HttpRoutes.CheckConstraints(routes, app.Services.GetRequiredService<ParameterPolicyFactory>());

        var durable = DurableListener.For(functions, settings, invoker, app.Services, loggers);
        var timers = TimerListener.For(functions, settings, invoker, web.Configuration, loggers);
        var blobs = BlobListener.For(functions, settings, invoker, web.Configuration, loggers, assembly);
        var ready = new ReadyGate();
        app.Use(ready.HoldAsync);
        app.UseMiddleware<ErrorShield>();
        app.UseRouting();
        AdminEndpoints.Map(app, functions, timers, blobs, gate, settings);
        foreach (var route in routes)
        {
            app.MapMethods(route.Pattern.RawText!, route.Methods, new HttpFunction(route.Function, invoker, gate).HandleAsync)
                .WithDisplayName(route.Function.Name);
        }

        return new LocalHost(app, settings, ready, durable, [timers, blobs]);
    }

    private static bool IsDisabled(FunctionDescriptor function, ConfigurationManager configuration) =>
        (configuration[$"AzureWebJobs.{function.Name}.Disabled"] ?? configuration[$"AzureWebJobs_{function.Name}_Disabled"])
            is { } text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static long BodyLimit(ConfigurationManager configuration) =>
        configuration["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] is not { Length: > 0 } text ? DefaultBodyLimit
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes
        : throw new StartupException($"FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: found \"{text}\", expected a number of bytes above 0.");
}
