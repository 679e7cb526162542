using System;

namespace DistributedLogging;

/// <summary>Points in time as nanoseconds since 1970 UTC.</summary>
internal static class Times
{
    private const long EpochTicks = 621_355_968_000_000_000;
    private const long MaxTicks = long.MaxValue / 100;

    /// <summary>False where they do not fit into 64 bits (before 1677, after 2262).</summary>
    internal static bool TryNanoseconds(DateTimeOffset time, out long nanoseconds) => TryUtc(time.UtcTicks, out nanoseconds);

    /// <summary>False where they do not fit, and for a time that does not say where it is meant.</summary>
    internal static bool TryNanoseconds(DateTime time, out long nanoseconds)
    {
        nanoseconds = 0;
        return time.Kind != DateTimeKind.Unspecified && TryUtc(time.ToUniversalTime().Ticks, out nanoseconds);
    }

    private static bool TryUtc(long ticks, out long nanoseconds)
    {
        long sinceEpoch = ticks - EpochTicks;
        bool fits = sinceEpoch is <= MaxTicks and >= -MaxTicks;
        nanoseconds = fits ? sinceEpoch * 100 : 0;
        return fits;
    }
}
