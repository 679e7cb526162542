using System;
using System.Globalization;
using System.Threading.Tasks;
using Serilog.Core;
using Serilog.Events;

namespace DistributedLogging.Serilog;

/// <summary>
/// Hands events to a <see cref="DistributedLogger"/>: properties as fields, <c>SourceContext</c> as <c>@logger</c>, the event's own
/// time. Takes no lock and never throws.
/// </summary>
public sealed class DistributedLogsSink : ILogEventSink, IDisposable, IAsyncDisposable
{
    private readonly bool isOwner;

    /// <summary>Logs to a logger of its own, which it closes at its end.</summary>
    /// <param name="config">What is told explicitly.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message says how to mend it.</exception>
    public DistributedLogsSink(DistributedLoggerConfig config)
    {
        Logger = new DistributedLogger(config);
        isOwner = true;
    }

    /// <summary>Logs to a logger that somebody else closes.</summary>
    /// <param name="logger">The logger.</param>
    public DistributedLogsSink(DistributedLogger logger) => Logger = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <summary>The logger behind: its events, statistics and state.</summary>
    public DistributedLogger Logger { get; }

    /// <summary>Records one event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Emit(LogEvent logEvent)
    {
        Level level = Levels.FromSerilog((int)logEvent.Level);
        if (!Logger.IsEnabled(level))
        {
            return;
        }

        string message = Text(logEvent);
        _ = Times.TryNanoseconds(logEvent.Timestamp, out long time);
        Body body = Logger.Begin(level, RecordKind.Log, time, message, logEvent.Exception);
        if (logEvent.TraceId is { } trace && logEvent.SpanId is { } span)
        {
            body.Field("@trace_id", trace.ToHexString());
            body.Field("@span_id", span.ToHexString());
        }

        Properties.Write(body, logEvent, message);
        Logger.End(body);
    }

    /// <summary>Closes the logger within its <c>shutdown_timeout_ms</c>, if it is this sink's own.</summary>
    public void Dispose()
    {
        if (isOwner)
        {
            Logger.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>Done when it is closed.</returns>
    public ValueTask DisposeAsync() => isOwner ? Logger.DisposeAsync() : default;

    // A value's own text may throw here.
    private static string Text(LogEvent logEvent)
    {
        try
        {
            return logEvent.RenderMessage(CultureInfo.InvariantCulture);
        }
        catch (Exception)
        {
            return logEvent.MessageTemplate.Text;
        }
    }
}
