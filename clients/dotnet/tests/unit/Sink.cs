using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace DistributedLogging.Tests;

/// <summary>A server for tests: acknowledges batches by spec/wire.md, once and in order, and keeps what came.</summary>
internal sealed class Sink : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly SortedDictionary<(int Arrival, long Sequence), Row> rows = [];
    private readonly Dictionary<string, int> streams = [];
    private readonly CancellationTokenSource end = new();

    /// <summary>The tests hold threads of the pool while they wait: the server must not wait for one of those.</summary>
    static Sink() => ThreadPool.SetMinThreads(64, 64);

    internal Sink()
    {
        listener.Start();
        Endpoint = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/api/logs";
        _ = Task.Run(AcceptAsync);
    }

    internal string Endpoint { get; }

    /// <summary>200 acknowledges, 0 never answers, everything else is answered as it is.</summary>
    internal volatile int Status = 200;

    internal List<JsonElement> Clients { get; } = [];

    internal Row[] Rows
    {
        get
        {
            lock (rows)
            {
                return [.. rows.Values];
            }
        }
    }

    internal string[] Messages => [.. Rows.Select(row => row.Message)];

    /// <summary>The rows, once there are so many.</summary>
    internal Row[] WaitFor(int count)
    {
        var clock = Stopwatch.StartNew();
        while (Rows.Length < count)
        {
            Assert.True(clock.Elapsed < Patience, $"{Rows.Length} of {count} records came within {Patience}");
            Thread.Sleep(5);
        }

        return Rows;
    }

    internal Row One() => Assert.Single(WaitFor(1));

    public void Dispose()
    {
        end.Cancel();
        listener.Stop();
        end.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
                _ = Task.Run(() => ServeAsync(client, end.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken over)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                while (await ReadRequestAsync(stream, over) is byte[] body)
                {
                    int status = Status;
                    if (status == 0)
                    {
                        await Task.Delay(Timeout.Infinite, over);
                    }

                    string answer = status == 200 ? Take(body) : "{\"dlogs\":1,\"error\":\"told to\",\"reason\":\"stopping\"}";
                    string head = $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(head + answer), over);
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
            // A client that is killed says nothing to its server either.
        }
    }

    private static async Task<byte[]?> ReadRequestAsync(NetworkStream stream, CancellationToken over)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, over) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        string length = head.ToString().Split("\r\n")
            .First(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        byte[] body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, over);
        return body;
    }

    private string Take(byte[] batch)
    {
        int length = BitConverter.ToInt32(batch, 0);
        JsonElement header = JsonDocument.Parse(batch.AsMemory(4, length)).RootElement;
        long sequence = header.GetProperty("first_seq").GetInt64() - 1;
        string stream = header.GetProperty("stream").GetString()!;
        lock (rows)
        {
            Clients.Add(header.GetProperty("client"));
            streams.TryAdd(stream, streams.Count);
            for (int at = 4 + length; at < batch.Length;)
            {
                int size = BitConverter.ToInt32(batch, at);
                uint low = BitConverter.ToUInt32(batch, at + 16);
                sequence += unchecked((uint)(low - (uint)sequence));
                rows[(streams[stream], sequence)] = Row.Of(batch.AsSpan(at + 24, size), BitConverter.ToInt64(batch, at + 8));
                at += (24 + size + 7) / 8 * 8;
            }
        }

        return $"{{\"dlogs\":1,\"accepted\":1,\"rejected\":[],\"acked_through\":{header.GetProperty("last_seq").GetInt64()}}}";
    }
}
