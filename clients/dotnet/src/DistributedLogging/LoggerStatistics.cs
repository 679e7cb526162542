using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace DistributedLogging;

/// <summary>
/// The counters of a logger in this process. The law: accepted = acked + lost + waiting, and what was offered = accepted +
/// refused.
/// </summary>
public sealed class LoggerStatistics
{
    private readonly string json;

    internal LoggerStatistics(string json)
    {
        this.json = json;
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement all = document.RootElement;
        Accepted = Number(all, "accepted") ?? 0;
        Acked = Number(all, "acked") ?? 0;
        Sent = Number(all, "sent") ?? 0;
        Failed = Number(all, "failed") ?? 0;
        Retried = Number(all, "retried") ?? 0;
        Waiting = Number(all, "waiting") ?? 0;
        Refused = Reasons(all, "refused");
        Lost = Reasons(all, "lost");
        BytesSent = Number(all, "bytes_sent") ?? 0;
        Requests = Number(all, "requests") ?? 0;
        Journal = Text(all, "journal") ?? string.Empty;
        JournalBytes = Number(all, "journal_bytes") ?? 0;
        JournalMaxBytes = Number(all, "journal_max_bytes") ?? 0;
        JournalTrouble = Text(all, "journal_trouble");
        LastError = Text(all, "last_error");
        LastErrorAt = Text(all, "last_error_at") is string time
            && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at
            : null;
        LastOutageMs = Number(all, "last_outage_ms");
        RoundTripMs = Number(all, "round_trip_ms");
    }

    /// <summary>Records that are in the journal or have left it.</summary>
    public long Accepted { get; }

    /// <summary>Records that the server has on disk.</summary>
    public long Acked { get; }

    /// <summary>Records in requests, repeated ones included.</summary>
    public long Sent { get; }

    /// <summary>Requests that failed.</summary>
    public long Failed { get; }

    /// <summary>Records that were sent again after a failure.</summary>
    public long Retried { get; }

    /// <summary>Records in the journal that are neither acknowledged nor lost.</summary>
    public long Waiting { get; }

    /// <summary>Refused records by <see cref="RefusedReason"/>.</summary>
    public IReadOnlyDictionary<string, long> Refused { get; }

    /// <summary>Lost records by <see cref="LostReason"/>.</summary>
    public IReadOnlyDictionary<string, long> Lost { get; }

    /// <summary>Bytes of request bodies, compressed.</summary>
    public long BytesSent { get; }

    /// <summary>Requests, heartbeats included.</summary>
    public long Requests { get; }

    /// <summary>What the journal rests on: <c>disk</c>, <c>overlay</c>, <c>tmpfs</c> or <c>memory</c>.</summary>
    public string Journal { get; }

    /// <summary>Room in use, in bytes.</summary>
    public long JournalBytes { get; }

    /// <summary>The room's cap, in bytes.</summary>
    public long JournalMaxBytes { get; }

    /// <summary>What the journal is in trouble with, if it is.</summary>
    public string? JournalTrouble { get; }

    /// <summary>The last failure, in words.</summary>
    public string? LastError { get; }

    /// <summary>When the last failure happened.</summary>
    public DateTimeOffset? LastErrorAt { get; }

    /// <summary>How long the last outage lasted that is over, in milliseconds.</summary>
    public long? LastOutageMs { get; }

    /// <summary>How long the last answered request took, in milliseconds.</summary>
    public long? RoundTripMs { get; }

    /// <summary>The counters as JSON, with the names of spec/wire.md.</summary>
    /// <returns>A JSON object.</returns>
    public override string ToString() => json;

    private static long? Number(JsonElement all, string name) =>
        all.TryGetProperty(name, out JsonElement value) && value.TryGetInt64(out long number) ? number : null;

    private static string? Text(JsonElement all, string name) =>
        all.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static Dictionary<string, long> Reasons(JsonElement all, string name)
    {
        var reasons = new Dictionary<string, long>(StringComparer.Ordinal);
        if (all.TryGetProperty(name, out JsonElement value))
        {
            foreach (JsonProperty reason in value.EnumerateObject())
            {
                reasons[reason.Name] = reason.Value.GetInt64();
            }
        }

        return reasons;
    }
}
