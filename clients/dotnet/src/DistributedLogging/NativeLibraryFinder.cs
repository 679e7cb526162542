using System;
using System.IO;
using System.Runtime.InteropServices;
#if NET8_0_OR_GREATER
using System.Reflection;
#endif

namespace DistributedLogging;

/// <summary>Finds the native core once: where NuGet lays it, next to the assembly, or below the program's own folder.</summary>
internal static class NativeLibraryFinder
{
    private static readonly object Lock = new();
    private static bool found;

    /// <summary>Loads the core, or says where it was looked for.</summary>
    /// <exception cref="DllNotFoundException">It is nowhere, or is of another major version.</exception>
    internal static void Find()
    {
        lock (Lock)
        {
            if (found)
            {
                return;
            }

#if NET8_0_OR_GREATER
            try
            {
                NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);
            }
            catch (InvalidOperationException)
            {
                // A first attempt failed after this and is repeated now; the resolver is set.
            }
#endif
            uint version;
            try
            {
                version = Native.AbiVersion();
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
            {
                throw new DllNotFoundException(Missing(error), error);
            }

            if (version >> 16 != Native.Abi)
            {
                throw new DllNotFoundException(
                    $"The native library {FileName} speaks version {version >> 16} of the C ABI; "
                    + $"this DistributedLogging needs {Native.Abi}. Take both from one package.");
            }

            found = true;
        }
    }

    private static string FileName =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Native.Library + ".dll"
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? $"lib{Native.Library}.dylib"
        : $"lib{Native.Library}.so";

    private static string Missing(Exception error) =>
        $"DistributedLogging's native library {FileName} cannot be loaded for {RuntimeInformation.OSDescription} "
        + $"{RuntimeInformation.ProcessArchitecture}. It was looked for beside the assembly, in the folders of the program's "
        + $"deps.json, and in {Path.Combine(AppContext.BaseDirectory, "runtimes")}. Install the NuGet package "
        + $"DistributedLogging on this platform, or copy {FileName} next to the program. ({error.Message})";

#if NET8_0_OR_GREATER
    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Native.Library)
        {
            return IntPtr.Zero;
        }

        if (NativeLibrary.TryLoad(name, assembly, path, out IntPtr library))
        {
            return library;
        }

        string native = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName);
        return NativeLibrary.TryLoad(native, out library) ? library : IntPtr.Zero;
    }
#endif
}
