using Functions.Worker.Tests.App;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<OuterMiddleware>();
builder.UseMiddleware<InnerMiddleware>();
builder.UseWhen<BlobMiddleware>(context => context.FunctionDefinition.InputBindings.Values.Any(b => b.Type == "blobTrigger"));
builder.Services.AddSingleton<Journal>();
builder.Services.AddScoped<PerInvocation>();
builder.Build().Run();
