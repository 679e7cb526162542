using DistributedLogging;
using DistributedLogging.Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;

// Where everybody looks for it: in the namespace of what it extends.
#pragma warning disable IDE0130
namespace Serilog;
#pragma warning restore IDE0130

/// <summary>Adds DistributedLogs to the sinks of a Serilog logger.</summary>
public static class DistributedLogsExtensions
{
    /// <summary>Writes to a logger of the sink's own, which is closed with Serilog's. This form suits a configuration file.</summary>
    /// <param name="sinks">Serilog's <c>WriteTo</c>.</param>
    /// <param name="endpoint">Where batches are sent; null: from the environment, the file or the default, as the others.</param>
    /// <param name="serviceName">The service that logs.</param>
    /// <param name="componentName">The part of the service that logs.</param>
    /// <param name="restrictedToMinimumLevel">The lowest level that comes here.</param>
    /// <param name="levelSwitch">A level that may be changed.</param>
    /// <returns>Serilog's configuration.</returns>
    public static LoggerConfiguration DistributedLogs(
        this LoggerSinkConfiguration sinks,
        string? endpoint = null,
        string? serviceName = null,
        string? componentName = null,
        LogEventLevel restrictedToMinimumLevel = LevelAlias.Minimum,
        LoggingLevelSwitch? levelSwitch = null)
    {
        var config = new DistributedLoggerConfig
        {
            Endpoint = endpoint,
            ServiceName = serviceName,
            ComponentName = componentName,
        };
        return sinks.DistributedLogs(config, restrictedToMinimumLevel, levelSwitch);
    }

    /// <summary>Writes to a logger of the sink's own, which is closed with Serilog's.</summary>
    /// <param name="sinks">Serilog's <c>WriteTo</c>.</param>
    /// <param name="config">What is told explicitly.</param>
    /// <param name="restrictedToMinimumLevel">The lowest level that comes here.</param>
    /// <param name="levelSwitch">A level that may be changed.</param>
    /// <returns>Serilog's configuration.</returns>
    public static LoggerConfiguration DistributedLogs(
        this LoggerSinkConfiguration sinks,
        DistributedLoggerConfig config,
        LogEventLevel restrictedToMinimumLevel = LevelAlias.Minimum,
        LoggingLevelSwitch? levelSwitch = null) =>
        sinks.Sink(new DistributedLogsSink(config), restrictedToMinimumLevel, levelSwitch);

    /// <summary>Writes to a logger of the application's, which the application closes.</summary>
    /// <param name="sinks">Serilog's <c>WriteTo</c>.</param>
    /// <param name="logger">The logger.</param>
    /// <param name="restrictedToMinimumLevel">The lowest level that comes here.</param>
    /// <param name="levelSwitch">A level that may be changed.</param>
    /// <returns>Serilog's configuration.</returns>
    public static LoggerConfiguration DistributedLogs(
        this LoggerSinkConfiguration sinks,
        DistributedLogger logger,
        LogEventLevel restrictedToMinimumLevel = LevelAlias.Minimum,
        LoggingLevelSwitch? levelSwitch = null) =>
        sinks.Sink(new DistributedLogsSink(logger), restrictedToMinimumLevel, levelSwitch);
}
