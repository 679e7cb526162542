using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace DistributedLogging;

/// <summary>
/// Logs into a journal that outlives the process, and sends from there. A log call never blocks, throws or prints. Safe to use
/// from any number of threads.
/// </summary>
public sealed partial class DistributedLogger : IDisposable, IAsyncDisposable
{
    private readonly Engine engine;
    private readonly Bound? bound;
    private readonly bool isChild;

    /// <summary>A logger of which everything is told by the environment, the file or the defaults.</summary>
    /// <exception cref="ArgumentException">An option is wrong; the message names it, its source and what is allowed.</exception>
    public DistributedLogger()
        : this(new DistributedLoggerConfig())
    {
    }

    /// <summary>Prepares a logger. No thread is started and nothing is sent before the first record or <see cref="Start"/>.</summary>
    /// <param name="config">What is told explicitly. It is read once.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names it, its source and what is allowed.</exception>
    /// <exception cref="DllNotFoundException">The native library is not there; the message says where it was looked for.</exception>
    public DistributedLogger(DistributedLoggerConfig config)
    {
        engine = new Engine(config ?? throw new ArgumentNullException(nameof(config)));
        engine.Events.Sender = this;
    }

    private DistributedLogger(Engine engine, Bound bound)
    {
        this.engine = engine;
        this.bound = bound;
        isChild = true;
    }

    /// <summary>The lowest level that is recorded. It may be set at any time, for this logger and all its relatives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no level.</exception>
    public Level Level
    {
        get => engine.Level;
        set => engine.Level = value;
    }

    /// <summary>What the logger is.</summary>
    public LoggerState State => engine.State;

    /// <summary>What it is doing; null where it does nothing.</summary>
    public LoggerActivity? Activity => engine.Activity;

    /// <summary>The stream that this process writes. With a sequence number it names a record.</summary>
    public string Stream => engine.Stream;

    /// <summary>Would a record of this level be kept?</summary>
    /// <param name="level">The level.</param>
    /// <returns>True if it would.</returns>
    public bool IsEnabled(Level level) => engine.IsEnabled(level);

    /// <summary>Begins to send. The first record does the same; only a logger that listens before it logs needs this.</summary>
    public void Start() => engine.Start();

    /// <summary>A logger with bound fields that shares everything else. Disposing it does nothing.</summary>
    /// <param name="fields">Fields that each of its records carries; a record's own field of the same name wins.</param>
    /// <returns>The child.</returns>
    public DistributedLogger Child(params ReadOnlySpan<Field> fields) => new(engine, Bound.Of(bound, fields));

#nullable disable annotations
    /// <inheritdoc cref="Child(ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields that each of its records carries; a record's own field of the same name wins.</param>
    public DistributedLogger Child(IEnumerable<KeyValuePair<string, object>> metadata) => new(engine, Bound.Of(bound, metadata));
#nullable restore annotations

    /// <summary>Waits until everything logged before is acknowledged or lost, or the time is over.</summary>
    /// <param name="timeout">The longest wait; null: <c>shutdown_timeout_ms</c>.</param>
    /// <returns>How many records of it still wait; 0 is everything done. They are safe in the journal.</returns>
    public long Flush(TimeSpan? timeout = null) => engine.Flush(timeout ?? engine.ShutdownTimeout);

    /// <inheritdoc cref="Flush(TimeSpan?)"/>
    /// <param name="cancellationToken">Ends the wait; the records stay in the journal and are sent all the same.</param>
    /// <exception cref="OperationCanceledException">The wait was ended by the token.</exception>
    public Task<long> FlushAsync(CancellationToken cancellationToken = default) => FlushAsync(null, cancellationToken);

    /// <inheritdoc cref="FlushAsync(CancellationToken)"/>
    /// <param name="timeout">The longest wait; null: <c>shutdown_timeout_ms</c>.</param>
    public Task<long> FlushAsync(TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        Waiting.InBackground(() => Flush(timeout), cancellationToken);

    /// <summary>The counters.</summary>
    /// <returns>A copy of this moment.</returns>
    public LoggerStatistics Stats() => engine.Statistics();

    /// <summary>
    /// Takes no more records, sends what waits, leaves the rest in the journal. Idempotent. Closes the logger with all its
    /// children, whichever of them is asked.
    /// </summary>
    /// <param name="timeout">The longest wait; null: <c>shutdown_timeout_ms</c>.</param>
    /// <returns>What became of the records.</returns>
    public CloseReport Close(TimeSpan? timeout = null) => engine.Close(timeout ?? engine.ShutdownTimeout);

    /// <inheritdoc cref="Close"/>
    public CloseReport Stop(TimeSpan? timeout = null) => Close(timeout);

    /// <inheritdoc cref="Close"/>
    /// <param name="cancellationToken">Ends the wait, not the closing.</param>
    /// <exception cref="OperationCanceledException">The wait was ended by the token.</exception>
    public Task<CloseReport> CloseAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Waiting.InBackground(() => Close(timeout), cancellationToken);

    /// <summary>Closes the logger, unless it is a child.</summary>
    public void Dispose()
    {
        if (!isChild)
        {
            Close();
        }
    }

    /// <summary>Closes the logger without blocking the caller, unless it is a child.</summary>
    /// <returns>Done when it is closed.</returns>
    public ValueTask DisposeAsync() => isChild ? default : new ValueTask(CloseAsync());

    /// <summary>The logger's state and stream.</summary>
    /// <returns>For people.</returns>
    public override string ToString() => $"DistributedLogger {Stream} {State}";

    /// <summary>The head of a record and what stands before its own fields. An adapter goes on from here.</summary>
    internal Body Begin(Level level, RecordKind kind, long timeNs, string? message, Exception? exception)
    {
        Body body = Body.Begin(level, kind, timeNs, message);
        if (exception is not null)
        {
            Exceptions.Write(body, exception);
        }

        if (bound is not null)
        {
            body.Add(bound);
        }

        return body;
    }

    /// <summary>Gives a record that <see cref="Begin"/> began to the journal.</summary>
    internal bool End(Body body) => engine.Append(body);
}
