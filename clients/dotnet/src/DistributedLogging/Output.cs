using System;

namespace DistributedLogging;

/// <summary>Reads JSON that the core writes into a buffer of ours.</summary>
internal static unsafe class Output
{
    internal delegate int Writer(ulong handle, byte* output, nuint capacity, nuint* length);

    internal static byte[] Read(ulong handle, Writer writer)
    {
        byte[] buffer = new byte[2048];
        while (true)
        {
            nuint length = 0;
            int status;
            fixed (byte* output = buffer)
            {
                status = writer(handle, output, (nuint)buffer.Length, &length);
            }

            if (status == Native.Ok)
            {
                Array.Resize(ref buffer, (int)length);
                return buffer;
            }

            if (status != Native.TooSmall)
            {
                return [(byte)'{', (byte)'}'];
            }

            buffer = new byte[(int)length + 256];
        }
    }
}
