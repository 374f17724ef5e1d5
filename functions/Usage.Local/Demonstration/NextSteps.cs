using Usage.Local.Machine;

namespace Usage.Local.Demonstration;

internal static class NextSteps
{
    public static void Print(Uri app, DataFolder data, bool demo)
    {
        var integration = demo ? "platform-usage" : "{integration}";
        var lines = new List<string>
        {
            "Where to go next",
            $"  the page        {app}",
            $"  drop a file     cp my.csv {Path.Combine(data.Drop, integration)}/",
            $"  or send it      dotnet run --project functions/Usage.Local -- --drop my.csv --integration {integration} --port {app.Port}",
            $"  runs            curl {app}api/runs",
            $"  the API         curl {app}api/openapi.json",
        };
        if (demo)
        {
            lines.Insert(4, $"  an account      curl {app}api/accounts/acme/usage");
            lines.Insert(5, $"  a report        curl {app}api/reports/platform/monthly_active_users");
            Directory.CreateDirectory(Path.Combine(data.Drop, integration));
        }

        foreach (var line in lines) Console.WriteLine(line);
        Say.Quietly("Ctrl-C stops everything.");
    }
}
