using System;
#if NET8_0_OR_GREATER
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    // Keys and most values are short and ASCII: for those the general transcoder spends its time on getting ready.
    internal const int ShortUnits = 64;

    /// <summary>Writes the text to a place with room for <see cref="Most"/>; answers how many bytes it took.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Write(ReadOnlySpan<char> text, Span<byte> place) =>
        text.Length <= ShortUnits && TryShortAscii(text, ref MemoryMarshal.GetReference(place)) ? text.Length : Any(text, place);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Any(ReadOnlySpan<char> text, Span<byte> place)
    {
        OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(text, place, out _, out int written);
        return status == OperationStatus.Done ? written : 0;
    }

    // Eight units at a time; the last eight overlap the ones before. False: it is not ASCII, and what was written is void.
    internal static bool TryShortAscii(ReadOnlySpan<char> text, ref byte to)
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        int length = text.Length;
        if (length >= Vector128<ushort>.Count)
        {
            int last = length - Vector128<ushort>.Count;
            for (int at = 0; ; at = Math.Min(at + Vector128<ushort>.Count, last))
            {
                Vector128<ushort> units = Vector128.LoadUnsafe(ref from, (nuint)at);
                if ((units & Vector128.Create((ushort)0xFF80)) != Vector128<ushort>.Zero)
                {
                    return false;
                }

                ulong eight = Vector128.Narrow(units, units).AsUInt64().ToScalar();
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), eight);
                if (at == last)
                {
                    return true;
                }
            }
        }

        if (length >= 4)
        {
            ulong first = Four(ref from);
            ulong last = Four(ref Unsafe.Add(ref from, length - 4));
            Unsafe.WriteUnaligned(ref to, Narrow(first));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 4), Narrow(last));
            return ((first | last) & 0xFF80_FF80_FF80_FF80) == 0;
        }

        uint seen = 0;
        for (int at = 0; at < length; at++)
        {
            uint unit = Unsafe.Add(ref from, at);
            seen |= unit;
            Unsafe.Add(ref to, at) = (byte)unit;
        }

        return seen < 0x80;
    }

    private static ulong Four(ref ushort from) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref from));

    private static uint Narrow(ulong four)
    {
        Vector128<ushort> units = Vector128.CreateScalar(four).AsUInt16();
        return Vector128.Narrow(units, units).AsUInt32().ToScalar();
    }
#else
    /// <summary>Writes the text to a place with room for <see cref="Most"/>; answers how many bytes it took.</summary>
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
