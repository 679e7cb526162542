using System.Text.Json;

namespace DistributedLogging;

/// <summary>A batch was acknowledged.</summary>
public sealed class BatchSentEventArgs : LoggerEventArgs
{
    internal BatchSentEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        Stream = Text(content, "stream");
        FirstSeq = Number(content, "first_seq");
        LastSeq = Number(content, "last_seq");
        Count = Number(content, "count");
        Bytes = Number(content, "bytes");
        RoundTripMs = Number(content, "round_trip_ms");
    }

    /// <summary>Its stream.</summary>
    public string Stream { get; }

    /// <summary>First sequence number of the range.</summary>
    public long FirstSeq { get; }

    /// <summary>Last acknowledged one.</summary>
    public long LastSeq { get; }

    /// <summary>Records in it.</summary>
    public long Count { get; }

    /// <summary>Bytes on the wire.</summary>
    public long Bytes { get; }

    /// <summary>From request to answer, in milliseconds.</summary>
    public long RoundTripMs { get; }
}
