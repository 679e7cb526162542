using System;
using System.Text.Json;

namespace DistributedLogging;

/// <summary>Something that happened to a logger.</summary>
public class LoggerEventArgs : EventArgs
{
    private readonly string json;

    internal LoggerEventArgs(string json, JsonElement content)
    {
        this.json = json;
        Name = Text(content, "name");
    }

    /// <summary>What happened: <c>state_changed</c>, <c>batch_sent</c> …, the same word in every language.</summary>
    public string Name { get; }

    /// <summary>The event as JSON.</summary>
    /// <returns>A JSON object.</returns>
    public override string ToString() => json;

    private protected static string Text(JsonElement content, string key) =>
        content.TryGetProperty(key, out JsonElement value) ? value.GetString() ?? string.Empty : string.Empty;

    private protected static long Number(JsonElement content, string key) =>
        content.TryGetProperty(key, out JsonElement value) && value.TryGetInt64(out long number) ? number : 0;
}
