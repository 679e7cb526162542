using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;

namespace Load;

/// <summary>One call's arguments: a message and five fields with the entropy of a real service.</summary>
internal readonly record struct Entry(string Message, long User, string Path, double Duration, bool Ok, string Trace)
{
    // What all languages log; the bench runs every load in its own folder.
    private static readonly string[] Messages = File.ReadAllLines("words/messages.txt");
    private static readonly string[] Paths = File.ReadAllLines("words/paths.txt");

    internal static Entry Of(int number, string[] traces)
    {
        ulong mixed = unchecked((ulong)number * 0xD6E8_FEB8_6659_FD93) >> 32;
        return new Entry(
            Messages[mixed % 8], (long)(mixed % 100_000), Paths[(mixed >> 3) % 8], mixed % 10_000 / 16.0, mixed % 50 != 0,
            traces[mixed % 4096]);
    }

    internal static string[] Traces() =>
    [
        .. Enumerable.Range(1, 4096).Select(n =>
        {
            ulong high = unchecked((ulong)n * 0x9E37_79B9_7F4A_7C15);
            ulong low = unchecked(BitOperations.RotateLeft(high, 29) * 0xBF58_476D_1CE4_E5B9);
            return high.ToString("x16", CultureInfo.InvariantCulture) + low.ToString("x16", CultureInfo.InvariantCulture);
        }),
    ];
}
