using System;
using System.Diagnostics;
using System.IO;

namespace DistributedLogging.Tests;

/// <summary>Starts the small programs that are built beside the tests.</summary>
internal static class Programs
{
    internal static string Folder(string program)
    {
        // artifacts/bin/unit/<configuration>/ is where this assembly lies.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, program, own.Name);
    }

    internal static Process Start(string program, Action<ProcessStartInfo> prepare, params string[] arguments) =>
        StartIn(Folder(program), program, prepare, arguments);

    internal static Process StartIn(string folder, string program, Action<ProcessStartInfo> prepare, params string[] arguments)
    {
        string host = Environment.ProcessPath is string path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, [Path.Combine(folder, program + ".dll"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        prepare(start);
        return Process.Start(start)!;
    }
}
