using System;
using System.Collections;
using System.Collections.Generic;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace DistributedLogging;

/// <summary>Writes values that hold others. An enumerator that throws ends its list or map with a cut.</summary>
internal static class Collections
{
    internal static void WritePairs(Body body, IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        var map = new Open(body, isMap: true);
        if (map.IsOpen)
        {
            try
            {
                foreach (KeyValuePair<string, object?> pair in pairs)
                {
                    if (!map.Room())
                    {
                        break;
                    }

                    body.Key(pair.Key);
                    Values.Write(body, pair.Value);
                }
            }
            catch (Exception error)
            {
                map.Broke(error);
            }

            map.Close();
        }
    }

    internal static void WriteTexts(Body body, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var map = new Open(body, isMap: true);
        if (map.IsOpen)
        {
            try
            {
                foreach (KeyValuePair<string, string> pair in pairs)
                {
                    if (!map.Room())
                    {
                        break;
                    }

                    body.Key(pair.Key);
                    Values.Write(body, pair.Value);
                }
            }
            catch (Exception error)
            {
                map.Broke(error);
            }

            map.Close();
        }
    }

    internal static void Write(Body body, IDictionary dictionary)
    {
        var map = new Open(body, isMap: true);
        if (map.IsOpen)
        {
            try
            {
                // The enumerator, and not `foreach`, because only it promises entries whatever the dictionary is.
                IDictionaryEnumerator entries = dictionary.GetEnumerator();
                while (entries.MoveNext() && map.Room())
                {
                    body.Key(KeyOf(entries.Key));
                    Values.Write(body, entries.Value);
                }
            }
            catch (Exception error)
            {
                map.Broke(error);
            }

            map.Close();
        }
    }

    internal static void Write(Body body, IEnumerable items)
    {
        var list = new Open(body, isMap: false);
        if (list.IsOpen)
        {
            try
            {
                foreach (object? item in items)
                {
                    if (!list.Room())
                    {
                        break;
                    }

                    Values.Write(body, item);
                }
            }
            catch (Exception error)
            {
                list.Broke(error);
            }

            list.Close();
        }
    }

#if NET8_0_OR_GREATER
    internal static void Write(Body body, ITuple tuple)
    {
        var list = new Open(body, isMap: false);
        if (list.IsOpen)
        {
            try
            {
                for (int index = 0; index < tuple.Length && list.Room(); index++)
                {
                    Values.Write(body, tuple[index]);
                }
            }
            catch (Exception error)
            {
                list.Broke(error);
            }

            list.Close();
        }
    }
#endif

    private static string KeyOf(object key)
    {
        if (key is string text)
        {
            return text;
        }

        // Where it cannot be asked, what stands for it is the key.
        _ = Asking.TextOf(key, out string said);
        return said;
    }

    /// <summary>A list or a map that is open: how many items it has, and where their number is to be written.</summary>
    internal struct Open
    {
        private readonly Body body;
        private readonly bool isMap;
        private readonly int place;
        private int count;

        internal Open(Body body, bool isMap)
        {
            this.body = body;
            this.isMap = isMap;
            IsOpen = Asking.Enter();
            if (!IsOpen)
            {
                body.Cut(string.Empty);
            }
            else if (!body.Open(isMap, out place))
            {
                IsOpen = false;
                Asking.Leave();
            }
        }

        /// <summary>False: it lies too deep, a cut stands in its place, and nothing more is to be done.</summary>
        internal bool IsOpen { get; }

        /// <summary>Counts one more item, unless the record is full.</summary>
        internal bool Room()
        {
            if (body.IsFull)
            {
                return false;
            }

            count++;
            return true;
        }

        /// <summary>A last item that says why there are no more.</summary>
        internal void Broke(Exception error)
        {
            count++;
            if (isMap)
            {
                body.Key(Fields.CutMark);
            }

            body.Cut($"<enumerating threw {error.GetType().Name}>");
        }

        internal readonly void Close()
        {
            body.Close(place, count);
            Asking.Leave();
        }
    }
}
