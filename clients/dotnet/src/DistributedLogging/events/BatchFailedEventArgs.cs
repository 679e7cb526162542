using System.Text.Json;

namespace DistributedLogging;

/// <summary>A batch was not acknowledged. Its records are kept, or found one by one.</summary>
public sealed class BatchFailedEventArgs : LoggerEventArgs
{
    internal BatchFailedEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        Stream = Text(content, "stream");
        FirstSeq = Number(content, "first_seq");
        LastSeq = Number(content, "last_seq");
        Count = Number(content, "count");
        Status = content.TryGetProperty("status", out JsonElement value) ? value.GetInt32() : null;
        Error = Text(content, "error");
    }

    /// <summary>Its stream.</summary>
    public string Stream { get; }

    /// <summary>First sequence number of the range.</summary>
    public long FirstSeq { get; }

    /// <summary>Last one.</summary>
    public long LastSeq { get; }

    /// <summary>Records in it.</summary>
    public long Count { get; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; }

    /// <summary>What happened, in words.</summary>
    public string Error { get; }
}
