using System;
using System.Collections.Generic;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DistributedLogging.Extensions.Logging;

/// <summary>The <see cref="ILogger"/> of one category.</summary>
internal sealed class CategoryLogger(DistributedLogsProvider provider, string category) : ILogger
{
    /// <summary>Under this key a state carries its message template.</summary>
    private const string Template = "{OriginalFormat}";

    private readonly DistributedLogger logger = provider.Logger;

    public bool IsEnabled(LogLevel logLevel) =>
        logLevel != LogLevel.None && logger.IsEnabled(Levels.FromMicrosoft((int)logLevel));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes?.Push(state);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        // The user's code runs here, before the record is begun; it may log itself.
        string message = Text(state, exception, formatter);
        Body body = logger.Begin(Levels.FromMicrosoft((int)logLevel), RecordKind.Log, 0, message, exception);
        body.Field("@logger", category);
        WriteActivity(body);
        if (eventId.Id != 0)
        {
            body.Field("event_id", Tag.I64, eventId.Id);
        }

        if (eventId.Name is not null)
        {
            body.Field("event_name", eventId.Name);
        }

        if (provider.Scopes is IExternalScopeProvider scopes)
        {
            Scopes.Write(body, scopes);
        }

        if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            WriteState(body, pairs, message);
        }

        logger.End(body);
    }

    private static string Text<TState>(TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            return formatter(state, exception);
        }
        catch (Exception error)
        {
            return $"<formatter threw {error.GetType().Name}>";
        }
    }

    private static void WriteActivity(Body body)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            body.Field("@trace_id", activity.TraceId.ToHexString());
            body.Field("@span_id", activity.SpanId.ToHexString());
        }
    }

    // By index where that is possible: it allocates no enumerator.
    private static void WriteState(Body body, IEnumerable<KeyValuePair<string, object?>> pairs, string message)
    {
        try
        {
            if (pairs is IReadOnlyList<KeyValuePair<string, object?>> list)
            {
                for (int index = 0; index < list.Count; index++)
                {
                    WritePair(body, list[index], message);
                }
            }
            else
            {
                foreach (KeyValuePair<string, object?> pair in pairs)
                {
                    WritePair(body, pair, message);
                }
            }
        }
        catch (Exception error)
        {
            body.Field(Fields.CutMark);
            body.Cut($"<state threw {error.GetType().Name}>");
        }
    }

    private static void WritePair(Body body, KeyValuePair<string, object?> pair, string message)
    {
        // A template without values is the message once more.
        if (pair.Key != Template || !string.Equals(pair.Value as string, message, StringComparison.Ordinal))
        {
            Fields.Write(body, pair.Key, pair.Value);
        }
    }
}
