using System;
using System.Threading;
using System.Threading.Tasks;

namespace DistributedLogging;

/// <summary>Waits that block, on a thread of their own: the thread pool stays free.</summary>
internal static class Waiting
{
    /// <summary>The token ends the caller's wait at once; what was begun goes on to its own, bounded end.</summary>
    internal static async Task<T> InBackground<T>(Func<T> wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<T> work = Task.Factory.StartNew(
            wait, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (cancellationToken.CanBeCanceled)
        {
            var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
            {
                if (await Task.WhenAny(work, cancelled.Task).ConfigureAwait(false) != work)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }

        return await work.ConfigureAwait(false);
    }
}
