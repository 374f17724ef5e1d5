namespace Functions.Worker.Tests.App;

public static class Eventually
{
    /// <summary>Waits for what must come; how long it takes is not what the tests are about.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string>? what = null)
    {
        for (var i = 0; i < 1200; i++)
        {
            if (await condition()) return;
            await Task.Delay(50);
        }

        Assert.Fail("It never came. " + what?.Invoke());
    }

    public static Task TrueAsync(Func<bool> condition, Func<string>? what = null) => TrueAsync(() => Task.FromResult(condition()), what);
}
