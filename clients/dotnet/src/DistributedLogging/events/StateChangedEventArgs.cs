using System;
using System.Text.Json;

namespace DistributedLogging;

/// <summary>The state has changed.</summary>
public sealed class StateChangedEventArgs : LoggerEventArgs
{
    internal StateChangedEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        From = State(content, "from");
        To = State(content, "to");
    }

    /// <summary>The state before.</summary>
    public LoggerState From { get; }

    /// <summary>The state now.</summary>
    public LoggerState To { get; }

    private static LoggerState State(JsonElement content, string key) =>
        Enum.TryParse(Text(content, key), ignoreCase: true, out LoggerState state) ? state : LoggerState.Stopped;
}
