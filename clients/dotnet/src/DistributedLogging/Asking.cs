using System;
using System.Globalization;

namespace DistributedLogging;

/// <summary>
/// Runs code of the user's that a value brings along: its <c>ToString</c>, its enumerator. That code may throw, and it may log,
/// even the very value that is being asked: the depth is bounded.
/// </summary>
internal static class Asking
{
    private const int DeepestQuestion = 16;

    [ThreadStatic]
    private static int questions;

    /// <summary>True if there may be one more question inside the others; then <see cref="Leave"/> must follow.</summary>
    internal static bool Enter()
    {
        if (questions == DeepestQuestion)
        {
            return false;
        }

        questions++;
        return true;
    }

    internal static void Leave() => questions--;

    /// <summary>What a value says of itself. False: it cannot be asked, and <paramref name="text"/> stands for it.</summary>
    internal static bool TextOf(object value, out string text)
    {
        if (!Enter())
        {
            text = $"<{value.GetType().Name}>";
            return false;
        }

        try
        {
            string? said = value is IFormattable formattable
                ? formattable.ToString(null, CultureInfo.InvariantCulture)
                : value.ToString();
            text = said ?? string.Empty;
            return true;
        }
        catch (Exception error)
        {
            text = $"<{value.GetType().Name}: ToString() threw {error.GetType().Name}>";
            return false;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>An exception's message, which may be code of the user's too.</summary>
    internal static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message ?? string.Empty;
        }
        catch (Exception error)
        {
            return $"<Message threw {error.GetType().Name}>";
        }
    }
}
