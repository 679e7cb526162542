using System.Text.Json;

namespace DistributedLogging;

/// <summary>The listener was too slow: so many events were overwritten.</summary>
public sealed class EventsMissedEventArgs : LoggerEventArgs
{
    internal EventsMissedEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        Count = Number(content, "count");
    }

    /// <summary>How many.</summary>
    public long Count { get; }
}
