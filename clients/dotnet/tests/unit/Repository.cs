using System;
using System.IO;

namespace DistributedLogging.Tests;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "spec", "cases")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("the tests run inside the repository");
    }
}
