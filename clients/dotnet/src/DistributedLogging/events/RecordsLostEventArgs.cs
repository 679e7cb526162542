using System.Text.Json;

namespace DistributedLogging;

/// <summary>Records are lost and counted.</summary>
public sealed class RecordsLostEventArgs : LoggerEventArgs
{
    internal RecordsLostEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        Stream = Text(content, "stream");
        From = Number(content, "from");
        To = Number(content, "to");
        Count = Number(content, "count");
        Reason = Text(content, "reason");
    }

    /// <summary>Their stream.</summary>
    public string Stream { get; }

    /// <summary>First lost sequence number.</summary>
    public long From { get; }

    /// <summary>Last lost one.</summary>
    public long To { get; }

    /// <summary>How many.</summary>
    public long Count { get; }

    /// <summary>A word of <see cref="LostReason"/>.</summary>
    public string Reason { get; }
}
