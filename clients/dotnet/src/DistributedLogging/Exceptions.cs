using System;

namespace DistributedLogging;

/// <summary>Writes an exception under the reserved keys: its class, its text, its stack with all inner exceptions.</summary>
internal static class Exceptions
{
    internal static void Write(Body body, Exception exception)
    {
        body.Field("@error.type");
        body.Text(exception.GetType().FullName);
        body.Field("@error.message");
        body.Text(Asking.MessageOf(exception));
        body.Field("@error.stack");
        if (Asking.TextOf(exception, out string stack))
        {
            body.Text(stack);
        }
        else
        {
            body.Cut(stack);
        }
    }
}
