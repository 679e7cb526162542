using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace DistributedLogging.Tests;

/// <summary>The end of a process, in every way: nothing is lost, and it does not take long.</summary>
public sealed partial class ProcessTests : LoggerTest
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    private static readonly string Patience = PatienceMs.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public void A_service_without_a_name_is_called_like_its_program()
    {
        DistributedLoggerConfig config = Config();
        config.ServiceName = string.Empty;
        using var logger = new DistributedLogger(config);
        logger.Info("m");
        Sink.WaitFor(1);
        string? program = System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name;
        Assert.Equal(program, Sink.Clients.First().GetProperty("service").GetString());
    }

    [Theory]
    [InlineData("return", 3)]
    [InlineData("exit", 4)]
    [InlineData("thread", 5)]
    [InlineData("busy", 6)]
    public void An_end_without_close_delivers_everything_and_keeps_the_code(string way, int code)
    {
        using Process process = Start(way);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal((code, string.Empty), (process.ExitCode, process.StandardError.ReadToEnd()));
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (object)(long)n), Own());
    }

    [Fact]
    public void Sigterm_delivers_everything_where_the_program_or_its_host_ends_at_it()
    {
        using Process process = Start("sigterm");
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        Assert.Equal(0, Kill(process.Id, SigTerm));
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal(7, process.ExitCode);
        Assert.Equal(50, Own().Length);
    }

    [Theory]
    [InlineData("crash", 0)]
    [InlineData("signal", SigTerm)]
    [InlineData("signal", SigKill)]
    public void A_sudden_end_loses_nothing_the_next_start_sends_it(string way, int signal)
    {
        using Process process = Start(way);
        if (signal != 0)
        {
            Assert.Equal("ready", process.StandardOutput.ReadLine());
            Assert.Equal(0, Kill(process.Id, signal));
        }

        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
        DistributedLoggerConfig config = Config();
        config.ServiceName = "exits";
        using var next = new DistributedLogger(config);
        next.Start();
        Sink.WaitFor(50);
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (object)(long)n), Own());
    }

    [Fact]
    public void The_end_is_bounded_while_the_server_hangs()
    {
        Sink.Status = 0;
        var clock = Stopwatch.StartNew();
        using Process process = Start("return", shutdownTimeoutMs: "400");
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal(3, process.ExitCode);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 8000);
    }

    [Fact]
    public void A_missing_native_library_is_told_clearly()
    {
        string bare = Directory.CreateTempSubdirectory("dlogs-dotnet-bare-").FullName;
        foreach (string file in Directory.EnumerateFiles(Folder("exits")))
        {
            File.Copy(file, Path.Combine(bare, Path.GetFileName(file)));
        }

        using (Process process = Start("return", bare))
        {
            process.WaitForExit();
            string said = process.StandardOutput.ReadToEnd();
            Assert.Equal(9, process.ExitCode);
            Assert.Contains("libdlogs_abi.so", said, StringComparison.Ordinal);
            Assert.Contains("Install the NuGet package", said, StringComparison.Ordinal);
        }

        string native = Directory.EnumerateFiles(Folder("exits"), "libdlogs_abi.*", SearchOption.AllDirectories).First();
        File.Copy(native, Path.Combine(bare, Path.GetFileName(native)));
        using (Process process = Start("return", bare))
        {
            process.WaitForExit();
            Assert.Equal(3, process.ExitCode);
        }

        Directory.Delete(bare, recursive: true);
    }

    [Fact]
    public void The_documents_example_runs_as_it_stands()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "examples/seed/DotnetExample.cs"));
        Assert.Equal(2, text.Split("\"http://localhost:5000/api/logs\"").Length);
        using Process process = Programs.Start("seed", start =>
        {
            start.Environment["SEED_ENDPOINT"] = Sink.Endpoint;
            start.Environment["DLOGS_JOURNAL_DIR"] = Journal;
            start.Environment["DLOGS_COMPRESSION"] = "none";
            start.Environment["DLOGS_SHUTDOWN_TIMEOUT_MS"] = Patience;
        });
        process.WaitForExit();
        Assert.Equal((0, string.Empty), (process.ExitCode, process.StandardError.ReadToEnd()));
        Row row = Sink.One();
        Assert.Equal((Level.Info, "Background job completed"), (row.Level, row.Message));
        Assert.Equal(new() { ["job_id"] = "job_12345", ["duration_seconds"] = 127L }, row.Fields);
        Assert.Equal("background-worker", Sink.Clients[0].GetProperty("component").GetString());
    }

    [Fact]
    public void The_quick_start()
    {
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "examples/dotnet/Program.cs")).Length, 1, 30);
        using Process process = Programs.Start("quickstart", Environment());
        process.WaitForExit();
        Assert.Equal((0, string.Empty), (process.ExitCode, process.StandardError.ReadToEnd()));
        Assert.Equal("0 records wait for a server, safe in the journal\n", process.StandardOutput.ReadToEnd());
        Assert.Equal(5, Sink.Rows.Length);
    }

    [Theory]
    [InlineData("--records", false)]
    [InlineData("--check", true)]
    public void The_demo(string argument, bool isNamed)
    {
        using Process process = Programs.Start(
            "demo", Environment(), "--endpoint", Sink.Endpoint, argument, "200", "--prefix", "p");
        process.WaitForExit();
        string said = process.StandardOutput.ReadToEnd();
        Assert.Equal((0, isNamed ? "accepted 200\n" : string.Empty), (process.ExitCode, said));
        string[] expected = [.. Enumerable.Range(1, 200).Select(n => $"p-{n}")];
        Assert.Equal(expected, Sink.Rows.Select(row => row["demo_id"]));
        Assert.Equal(isNamed, expected.SequenceEqual(Sink.Messages));
    }

    [Fact]
    public void The_build_for_older_platforms_logs_the_same()
    {
        using Process driver = Programs.Start("standard", Environment());
        string[] steps =
        [
            """{"op": "open", "config": {"batch_interval_ms": 20}}""",
            """{"op": "log", "level": "WARNING", "message": "Grüße", "fields": {"n": 7, "d": {"$decimal": "1.10"}, "o": {"$logs": true}, "l": [1.5, null], "day": {"$date": "2026-11-22"}}}""",
            """{"op": "close"}""",
        ];
        foreach (string step in steps)
        {
            driver.StandardInput.BaseStream.Write(System.Text.Encoding.UTF8.GetBytes(step + "\n"));
            driver.StandardInput.BaseStream.Flush();
            Assert.Contains("\"ok\":true", driver.StandardOutput.ReadLine(), StringComparison.Ordinal);
        }

        driver.StandardInput.Close();
        Assert.True(driver.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal(["from inside", "Grüße"], Sink.Messages);
        Row row = Sink.Rows[1];
        Assert.Equal((Level.Warning, 7L, new Row.Number("1.10"), "logged"), (row.Level, row["n"], row["d"], row["o"]));
        Assert.Equal(new System.Collections.Generic.List<object?> { 1.5, null }, row["l"]);
        Assert.Equal("2026-11-22", row["day"]);
    }

    private Action<ProcessStartInfo> Environment() => start =>
    {
        start.Environment["DLOGS_ENDPOINT"] = Sink.Endpoint;
        start.Environment["DLOGS_JOURNAL_DIR"] = Journal;
        start.Environment["DLOGS_COMPRESSION"] = "none";
        start.Environment["DLOGS_SHUTDOWN_TIMEOUT_MS"] = Patience;
    };

    private object?[] Own() => [.. Sink.Rows.Where(row => row.Message == "m").Select(row => row["n"])];

    private Process Start(string way, string? folder = null, string? shutdownTimeoutMs = null) =>
        Programs.StartIn(
            folder ?? Folder("exits"), "exits", Environment(), way, Sink.Endpoint, Journal, shutdownTimeoutMs ?? Patience);

    private static string Folder(string program) => Programs.Folder(program);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
