using System;
using DistributedLogging;
using DistributedLogging.Extensions.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Configuration;

// Where everybody looks for it: in the namespace of what it extends.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.Logging;
#pragma warning restore IDE0130

/// <summary>Adds DistributedLogs to the logging of an application.</summary>
public static class DistributedLogsExtensions
{
    /// <summary>
    /// Adds a provider with a logger of its own. Its options come from the section <c>Logging:DistributedLogs</c>
    /// (<c>"Endpoint"</c>, <c>"ServiceName"</c> …), then from the environment, the file and the defaults.
    /// </summary>
    /// <param name="builder">The application's logging.</param>
    /// <returns>The same builder.</returns>
    public static ILoggingBuilder AddDistributedLogs(this ILoggingBuilder builder) => builder.AddDistributedLogs(static _ => { });

    /// <summary>Adds a provider with a logger of its own; what is set here wins over the section.</summary>
    /// <param name="builder">The application's logging.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same builder.</returns>
    public static ILoggingBuilder AddDistributedLogs(this ILoggingBuilder builder, Action<DistributedLoggerConfig> configure)
    {
        builder.AddConfiguration();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, DistributedLogsProvider>(services =>
        {
            var config = new DistributedLoggerConfig();
            var section = services.GetRequiredService<ILoggerProviderConfiguration<DistributedLogsProvider>>();
            SectionReader.Read(section.Configuration, config);
            configure(config);
            return new DistributedLogsProvider(config);
        }));
        return builder;
    }

    /// <summary>Adds a provider that logs to a logger of the application's, which the application closes.</summary>
    /// <param name="builder">The application's logging.</param>
    /// <param name="logger">The logger.</param>
    /// <returns>The same builder.</returns>
    public static ILoggingBuilder AddDistributedLogs(this ILoggingBuilder builder, DistributedLogger logger)
    {
        builder.AddProvider(new DistributedLogsProvider(logger));
        return builder;
    }
}
