using System.Runtime.InteropServices;

namespace DistributedLogging;

/// <summary>The core's C ABI (crates/abi/include/dlogs.h). Blittable: nothing is marshalled, nothing is owned across the border.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "dlogs_abi";

    // Statuses and outcomes, as the header has them.
    internal const int Ok = 0;
    internal const int Full = 2;
    internal const int Ended = 3;
    internal const int BadArgument = -2;
    internal const int Config = -3;
    internal const int TooSmall = -4;
    internal const int TooMany = -5;

    internal const uint Abi = 1;

    // No SuppressGCTransition anywhere: an append may take a lock or touch a page that is not there yet.
#if NET8_0_OR_GREATER
    [LibraryImport(Library, EntryPoint = "dlogs_abi_version")]
    internal static partial uint AbiVersion();

    [LibraryImport(Library, EntryPoint = "dlogs_open")]
    internal static partial int Open(
        byte* config, nuint length, ulong* handle, byte* error, nuint capacity, nuint* errorLength);

    [LibraryImport(Library, EntryPoint = "dlogs_release")]
    internal static partial int Release(ulong handle);

    [LibraryImport(Library, EntryPoint = "dlogs_start")]
    internal static partial int Start(ulong handle);

    [LibraryImport(Library, EntryPoint = "dlogs_append")]
    internal static partial int Append(ulong handle, byte* body, nuint length);

    [LibraryImport(Library, EntryPoint = "dlogs_append_waiting")]
    internal static partial int AppendWaiting(ulong handle, byte* body, nuint length);

    [LibraryImport(Library, EntryPoint = "dlogs_set_level")]
    internal static partial int SetLevel(ulong handle, int level);

    [LibraryImport(Library, EntryPoint = "dlogs_state")]
    internal static partial int State(ulong handle);

    [LibraryImport(Library, EntryPoint = "dlogs_flush")]
    internal static partial int Flush(ulong handle, uint timeoutMs, ulong* waiting);

    [LibraryImport(Library, EntryPoint = "dlogs_close")]
    internal static partial int Close(ulong handle, uint timeoutMs, ulong* report);

    [LibraryImport(Library, EntryPoint = "dlogs_stats")]
    internal static partial int Stats(ulong handle, byte* output, nuint capacity, nuint* length);

    [LibraryImport(Library, EntryPoint = "dlogs_options")]
    internal static partial int Options(ulong handle, byte* output, nuint capacity, nuint* length);

    [LibraryImport(Library, EntryPoint = "dlogs_next_event")]
    internal static partial int NextEvent(
        ulong handle, uint timeoutMs, ulong* cursor, byte* output, nuint capacity, nuint* length);
#else
    [DllImport(Library, EntryPoint = "dlogs_abi_version", ExactSpelling = true)]
    internal static extern uint AbiVersion();

    [DllImport(Library, EntryPoint = "dlogs_open", ExactSpelling = true)]
    internal static extern int Open(
        byte* config, nuint length, ulong* handle, byte* error, nuint capacity, nuint* errorLength);

    [DllImport(Library, EntryPoint = "dlogs_release", ExactSpelling = true)]
    internal static extern int Release(ulong handle);

    [DllImport(Library, EntryPoint = "dlogs_start", ExactSpelling = true)]
    internal static extern int Start(ulong handle);

    [DllImport(Library, EntryPoint = "dlogs_append", ExactSpelling = true)]
    internal static extern int Append(ulong handle, byte* body, nuint length);

    [DllImport(Library, EntryPoint = "dlogs_append_waiting", ExactSpelling = true)]
    internal static extern int AppendWaiting(ulong handle, byte* body, nuint length);

    [DllImport(Library, EntryPoint = "dlogs_set_level", ExactSpelling = true)]
    internal static extern int SetLevel(ulong handle, int level);

    [DllImport(Library, EntryPoint = "dlogs_state", ExactSpelling = true)]
    internal static extern int State(ulong handle);

    [DllImport(Library, EntryPoint = "dlogs_flush", ExactSpelling = true)]
    internal static extern int Flush(ulong handle, uint timeoutMs, ulong* waiting);

    [DllImport(Library, EntryPoint = "dlogs_close", ExactSpelling = true)]
    internal static extern int Close(ulong handle, uint timeoutMs, ulong* report);

    [DllImport(Library, EntryPoint = "dlogs_stats", ExactSpelling = true)]
    internal static extern int Stats(ulong handle, byte* output, nuint capacity, nuint* length);

    [DllImport(Library, EntryPoint = "dlogs_options", ExactSpelling = true)]
    internal static extern int Options(ulong handle, byte* output, nuint capacity, nuint* length);

    [DllImport(Library, EntryPoint = "dlogs_next_event", ExactSpelling = true)]
    internal static extern int NextEvent(
        ulong handle, uint timeoutMs, ulong* cursor, byte* output, nuint capacity, nuint* length);
#endif
}
