using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Local.Durable;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder web;
    private readonly HostSettings settings;
    private readonly Assembly app;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];
    private bool built;

    internal FunctionsApplicationBuilder(string[] args, Assembly app)
    {
        this.app = app;
        settings = LocalHosting.ReadSettings(args);
        web = LocalHosting.CreateWebBuilder(args, app, settings);
        Services.TryAddSingleton<IFunctionActivator, LocalFunctionActivator>();
        Services.AddSingleton(new DurableHub());
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)web).Properties;

    public ConfigurationManager Configuration => web.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => web.Configuration;

    public IHostEnvironment Environment => web.Environment;

    public ILoggingBuilder Logging => web.Logging;

    public IMetricsBuilder Metrics => web.Metrics;

    public IServiceCollection Services => web.Services;

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => ((IHostApplicationBuilder)web).ConfigureContainer(factory, configure);

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        if (built) throw new InvalidOperationException("The application has already been built.");
        this.middleware.Add(middleware);
        return this;
    }

    /// <summary>Finds the functions; what can't be run ends the process with a sentence and exit code 1.</summary>
    public IHost Build()
    {
        if (built) throw new InvalidOperationException("The application has already been built.");
        built = true;
        try
        {
            var pipeline = Enumerable.Reverse(middleware).Aggregate((FunctionExecutionDelegate)FunctionExecution.ExecuteAsync, (next, use) => use(next));
            return LocalHosting.Build(web, settings, app, pipeline);
        }
        catch (StartupException e)
        {
            e.EndProcess();
            throw;
        }
    }
}
