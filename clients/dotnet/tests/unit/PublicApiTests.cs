using System;
using System.IO;
using System.Linq;
using System.Reflection;
using DistributedLogging.Extensions.Logging;
using DistributedLogging.Serilog;
using PublicApiGenerator;

namespace DistributedLogging.Tests;

/// <summary>The public surface is pinned in approved_api.txt: a change there is a decision, seen in review.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_surface_is_as_approved()
    {
        Assembly[] assemblies =
        [
            typeof(DistributedLogger).Assembly, typeof(DistributedLogsProvider).Assembly, typeof(DistributedLogsSink).Assembly,
        ];
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };
        string now = string.Join("\n", assemblies.Select(assembly => assembly.GeneratePublicApi(options))).ReplaceLineEndings("\n") + "\n";
        string path = Path.Combine(Repository.Root, "clients/dotnet/tests/unit/approved_api.txt");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, now);
        }

        bool isApproved = now == File.ReadAllText(path);
        Assert.True(isApproved, $"if this is meant, delete {Path.GetFileName(path)} and run the test again");
    }
}
