using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Usage.Storage.Telemetry;

namespace Usage.Functions.Telemetry;

internal static class TelemetryServices
{
    /// <summary>
    /// Spans and metrics, sent where the host's own go: to Application Insights, or to an OpenTelemetry collector. Without either
    /// setting nothing is collected. Logs go through the host, which would have them twice if they were sent from here.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ILoggerFactory>(PlainLoggers.Of);
        services.AddMetrics().AddSingleton<StageTelemetry>().AddSingleton<RunTelemetry>();
        var insights = configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"];
        var collector = configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        if (string.IsNullOrEmpty(insights) && string.IsNullOrEmpty(collector)) return services;

        var telemetry = services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(UsageTelemetry.Name, "Microsoft.Azure.Functions.Worker"))
            .WithMetrics(metrics => metrics.AddMeter(UsageTelemetry.Name, StorageTelemetry.Name));
        if (!string.IsNullOrEmpty(collector))
            telemetry.WithTracing(tracing => tracing.AddOtlpExporter()).WithMetrics(metrics => metrics.AddOtlpExporter());
        if (string.IsNullOrEmpty(insights)) return services;
        var credential = Credential(configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
        telemetry
            .WithTracing(tracing => tracing.AddAzureMonitorTraceExporter(exporter => exporter.ConnectionString = insights, credential))
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(exporter => exporter.ConnectionString = insights, credential));
        return services;
    }

    /// <param name="authentication">As the host reads it: <c>Authorization=AAD</c>, with <c>;ClientId=…</c> of a user-assigned identity;
    /// null: by the connection string alone.</param>
    private static DefaultAzureCredential? Credential(string? authentication)
    {
        var parts = authentication?.Split(';', StringSplitOptions.TrimEntries) ?? [];
        if (!parts.Contains("Authorization=AAD", StringComparer.OrdinalIgnoreCase)) return null;
        const string ClientId = "ClientId=";
        var id = parts.FirstOrDefault(part => part.StartsWith(ClientId, StringComparison.OrdinalIgnoreCase))?[ClientId.Length..];
        return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = id });
    }
}
