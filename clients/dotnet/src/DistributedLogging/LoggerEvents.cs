using System;

namespace DistributedLogging;

/// <content>What a logger tells about itself. Children tell the same.</content>
public sealed partial class DistributedLogger
{
    /// <summary>
    /// Everything that happens. Listeners of this and all other events are called one after another by one task of the
    /// library's, which begins with the first subscription; what they throw is swallowed, and a slow one delays the others only.
    /// </summary>
    public event EventHandler<LoggerEventArgs> Happened
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>The state has changed.</summary>
    public event EventHandler<StateChangedEventArgs> StateChanged
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>A batch was acknowledged.</summary>
    public event EventHandler<BatchSentEventArgs> BatchSent
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>A batch was not acknowledged. Its records are kept, or found one by one.</summary>
    public event EventHandler<BatchFailedEventArgs> BatchFailed
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>The first failure after a success.</summary>
    public event EventHandler<ConnectionFailedEventArgs> ConnectionFailed
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>The first success after a failure.</summary>
    public event EventHandler<ConnectionRestoredEventArgs> ConnectionRestored
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>A person should look: the state has become failed, or the journal is not where it was meant to be.</summary>
    public event EventHandler<AlertEventArgs> Alert
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>Records are lost and counted.</summary>
    public event EventHandler<RecordsLostEventArgs> RecordsLost
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>The stream of a dead process is being shipped.</summary>
    public event EventHandler<AdoptedEventArgs> Adopted
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }

    /// <summary>The listener was too slow: so many events were overwritten.</summary>
    public event EventHandler<EventsMissedEventArgs> EventsMissed
    {
        add => engine.Events.Add(value);
        remove => engine.Events.Remove(value);
    }
}
