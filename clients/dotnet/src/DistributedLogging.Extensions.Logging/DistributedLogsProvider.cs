using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace DistributedLogging.Extensions.Logging;

/// <summary>
/// Hands what <see cref="ILogger"/> logs to a <see cref="DistributedLogger"/>: the template's values and the scopes as fields, the
/// category as <c>@logger</c>. Takes no lock and never throws.
/// </summary>
[ProviderAlias("DistributedLogs")]
public sealed class DistributedLogsProvider : ILoggerProvider, ISupportExternalScope, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, CategoryLogger> loggers = new(StringComparer.Ordinal);
    private readonly bool isOwner;
    private IExternalScopeProvider? scopes;

    /// <summary>Logs to a logger of its own, which it closes at its end.</summary>
    /// <param name="config">What is told explicitly.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message says how to mend it.</exception>
    public DistributedLogsProvider(DistributedLoggerConfig config)
    {
        Logger = new DistributedLogger(config);
        isOwner = true;
    }

    /// <summary>Logs to a logger that somebody else closes.</summary>
    /// <param name="logger">The logger.</param>
    public DistributedLogsProvider(DistributedLogger logger) => Logger = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <summary>The logger behind: its events, statistics and state.</summary>
    public DistributedLogger Logger { get; }

    internal IExternalScopeProvider? Scopes => scopes;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => loggers.GetOrAdd(categoryName, name => new CategoryLogger(this, name));

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    /// <summary>Closes the logger within its <c>shutdown_timeout_ms</c>, if it is this provider's own.</summary>
    public void Dispose()
    {
        if (isOwner)
        {
            Logger.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>Done when it is closed.</returns>
    public ValueTask DisposeAsync() => isOwner ? Logger.DisposeAsync() : default;
}
