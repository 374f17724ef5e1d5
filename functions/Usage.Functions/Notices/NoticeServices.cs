using Microsoft.Extensions.DependencyInjection;

namespace Usage.Functions.Notices;

public static class NoticeServices
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddSingleton<NoticePost>().AddSingleton<SendNotice>().AddSingleton<RunNotices>().AddHostedService<NoticePump>();
}
