using System.Text.Json;

namespace DistributedLogging;

/// <summary>A person should look: the state has become failed, or the journal is not where it was meant to be.</summary>
public sealed class AlertEventArgs : LoggerEventArgs
{
    internal AlertEventArgs(string json, JsonElement content)
        : base(json, content)
    {
        Reason = Text(content, "reason");
        Message = Text(content, "message");
    }

    /// <summary><c>server</c>, <c>network</c>, <c>auth</c>, <c>misconfigured</c> or <c>journal</c>.</summary>
    public string Reason { get; }

    /// <summary>What happened and how to mend it.</summary>
    public string Message { get; }
}
