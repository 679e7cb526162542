using System;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace DistributedLogging;

/// <summary>The listeners of one engine, and the task that asks the core for events and calls them.</summary>
internal sealed class Events
{
    // How long the task waits in the core before it looks around: the longest that ending it takes where a server hangs.
    private const uint PollMs = 100;
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    private readonly ulong handle;
    private readonly object listening = new();
    private volatile Delegate[] listeners = [];
    private Task? task;
    private int taskThread;
    private volatile bool ended;

    internal Events(ulong handle) => this.handle = handle;

    /// <summary>Whom listeners see as the sender: the logger that was opened, not a child.</summary>
    internal object? Sender { get; set; }

    internal void Add(Delegate? listener)
    {
        if (listener is null)
        {
            return;
        }

        lock (listening)
        {
            listeners = [.. listeners, listener];
            task ??= Task.Factory.StartNew(
                Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    internal void Remove(Delegate? listener)
    {
        lock (listening)
        {
            int at = Array.LastIndexOf(listeners, listener);
            if (at >= 0)
            {
                listeners = [.. listeners.AsSpan(0, at), .. listeners.AsSpan(at + 1)];
            }
        }
    }

    /// <summary>After the core's end: waits until what happened is told. Called by a listener, it does not wait for itself.</summary>
    internal void End()
    {
        Task? running;
        ended = true;
        lock (listening)
        {
            running = task;
        }

        if (running is not null && Volatile.Read(ref taskThread) != Environment.CurrentManagedThreadId)
        {
            running.Wait(EndPatience);
        }
    }

    private unsafe void Run()
    {
        Volatile.Write(ref taskThread, Environment.CurrentManagedThreadId);
        byte[] buffer = new byte[4096];
        ulong cursor = 0;
        while (true)
        {
            nuint length = 0;
            int status;
            bool last = ended;
            fixed (byte* output = buffer)
            {
                status = Native.NextEvent(handle, last ? 0 : PollMs, &cursor, output, (nuint)buffer.Length, &length);
            }

            if (status == Native.TooSmall)
            {
                buffer = new byte[(int)length];
            }
            else if (status != Native.Ok)
            {
                return;
            }
            else if (length > 0)
            {
                Tell(Encoding.UTF8.GetString(buffer, 0, (int)length));
            }
            else if (last)
            {
                return;
            }
        }
    }

    private void Tell(string json)
    {
        object? sender = Sender;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement content = document.RootElement;
            switch (content.GetProperty("name").GetString())
            {
                case "state_changed":
                    Call(sender, new StateChangedEventArgs(json, content));
                    break;
                case "batch_sent":
                    Call(sender, new BatchSentEventArgs(json, content));
                    break;
                case "batch_failed":
                    Call(sender, new BatchFailedEventArgs(json, content));
                    break;
                case "connection_failed":
                    Call(sender, new ConnectionFailedEventArgs(json, content));
                    break;
                case "connection_restored":
                    Call(sender, new ConnectionRestoredEventArgs(json, content));
                    break;
                case "alert":
                    Call(sender, new AlertEventArgs(json, content));
                    break;
                case "records_lost":
                    Call(sender, new RecordsLostEventArgs(json, content));
                    break;
                case "adopted":
                    Call(sender, new AdoptedEventArgs(json, content));
                    break;
                case "events_missed":
                    Call(sender, new EventsMissedEventArgs(json, content));
                    break;
                default:
                    Call(sender, new LoggerEventArgs(json, content));
                    break;
            }
        }
        catch (JsonException)
        {
            // Not an event of a core that this library knows.
        }
    }

    private void Call<T>(object? sender, T happened)
        where T : LoggerEventArgs
    {
        foreach (Delegate listener in listeners)
        {
            try
            {
                if (listener is EventHandler<T> one)
                {
                    one(sender, happened);
                }
                else if (listener is EventHandler<LoggerEventArgs> all)
                {
                    all(sender, happened);
                }
            }
            catch (Exception)
            {
                // A listener's error is the listener's: there is nobody here to throw it to.
            }
        }
    }
}
