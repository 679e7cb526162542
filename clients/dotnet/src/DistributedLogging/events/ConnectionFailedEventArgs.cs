using System.Text.Json;

namespace DistributedLogging;

/// <summary>The first failure after a success.</summary>
public sealed class ConnectionFailedEventArgs : LoggerEventArgs
{
    internal ConnectionFailedEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        Reason = Text(content, "reason");
        Error = Text(content, "error");
    }

    /// <summary><c>server</c>, <c>network</c>, <c>auth</c> or <c>misconfigured</c>.</summary>
    public string Reason { get; }

    /// <summary>What happened, in words.</summary>
    public string Error { get; }
}
