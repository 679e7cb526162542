namespace DistributedLogging;

/// <summary>What became of the records when a logger was closed.</summary>
/// <param name="Sent">Records that the server has acknowledged.</param>
/// <param name="Waiting">Records that stay in the journal; the next start sends them.</param>
/// <param name="Lost">Records that were lost; <see cref="LoggerStatistics.Lost"/> says why.</param>
public readonly record struct CloseReport(long Sent, long Waiting, long Lost);
