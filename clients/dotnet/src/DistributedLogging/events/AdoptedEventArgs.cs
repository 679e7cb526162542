using System.Text.Json;

namespace DistributedLogging;

/// <summary>The stream of a dead process is being shipped.</summary>
public sealed class AdoptedEventArgs : LoggerEventArgs
{
    internal AdoptedEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        Stream = Text(content, "stream");
        Waiting = Number(content, "waiting");
    }

    /// <summary>That stream.</summary>
    public string Stream { get; }

    /// <summary>Records that wait in it.</summary>
    public long Waiting { get; }
}
