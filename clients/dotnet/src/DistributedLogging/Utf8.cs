using System;
#if NET8_0_OR_GREATER
using System.Buffers;
#else
using System.Text;
#endif

namespace DistributedLogging;

/// <summary>UTF-16 to UTF-8. A lone surrogate becomes U+FFFD.</summary>
internal static class Utf8
{
    /// <summary>Bytes that so many UTF-16 units need at most.</summary>
    internal static int Most(int units) => 3 * units;

#if NET8_0_OR_GREATER
    internal static int Write(ReadOnlySpan<char> text, Span<byte> place)
    {
        OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(text, place, out _, out int written);
        return status == OperationStatus.Done ? written : 0;
    }
#else
    internal static unsafe int Write(ReadOnlySpan<char> text, Span<byte> place)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        fixed (char* from = text)
        fixed (byte* to = place)
        {
            return Encoding.UTF8.GetBytes(from, text.Length, to, place.Length);
        }
    }
#endif
}
