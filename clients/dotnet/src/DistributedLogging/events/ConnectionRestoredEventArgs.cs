using System.Text.Json;

namespace DistributedLogging;

/// <summary>The first success after a failure.</summary>
public sealed class ConnectionRestoredEventArgs : LoggerEventArgs
{
    internal ConnectionRestoredEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        OutageMs = Number(content, "outage_ms");
    }

    /// <summary>How long it lasted, in milliseconds.</summary>
    public long OutageMs { get; }
}
