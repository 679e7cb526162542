using Microsoft.Extensions.Logging;

namespace Load;

/// <summary>Calls as Microsoft's generator writes them: nothing is boxed before a provider asks for it.</summary>
internal static partial class Generated
{
    [LoggerMessage(LogLevel.Information, "Request processed")]
    internal static partial void Log(ILogger logger, long user_id, string path, double duration, bool ok, string trace);

    [LoggerMessage(LogLevel.Debug, "Request processed")]
    internal static partial void Off(ILogger logger);

    [LoggerMessage(LogLevel.Debug, "Request processed")]
    internal static partial void Off(ILogger logger, string path, int user_id);
}
