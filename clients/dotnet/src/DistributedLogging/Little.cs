#if NET8_0_OR_GREATER
using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace DistributedLogging;

/// <summary>Numbers in little-endian, at places whose room was made sure of.</summary>
internal static class Little
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Put(ref byte place, int value) =>
        Unsafe.WriteUnaligned(ref place, BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Put(ref byte place, long value) =>
        Unsafe.WriteUnaligned(ref place, BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
}
#endif
