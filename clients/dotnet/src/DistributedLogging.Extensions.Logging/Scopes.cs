using System;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;

namespace DistributedLogging.Extensions.Logging;

/// <summary>Writes the scopes that are open: pairs as fields, outer ones first, so that inner ones win; texts as the list `scope`.</summary>
internal static class Scopes
{
    private static readonly Action<object?, Found> Find = static (scope, found) => found.Add(scope);

    internal static void Write(Body body, IExternalScopeProvider scopes)
    {
        var found = new Found(body);
        try
        {
            scopes.ForEachScope(Find, found);
        }
        catch (Exception error)
        {
            body.Field(Fields.CutMark);
            body.Cut($"<scopes threw {error.GetType().Name}>");
        }

        if (found.Texts is not null)
        {
            Fields.Write(body, "scope", found.Texts);
        }
    }

    /// <summary>What the scopes said on the way from the outermost to the innermost.</summary>
    private sealed class Found(Body body)
    {
        private const string Template = "{OriginalFormat}";

        internal List<string>? Texts { get; private set; }

        internal void Add(object? scope)
        {
            switch (scope)
            {
                case null:
                    return;
                case IEnumerable<KeyValuePair<string, object?>> pairs:
                    bool isTemplate = false;
                    foreach (KeyValuePair<string, object?> pair in pairs)
                    {
                        if (pair.Key == Template)
                        {
                            isTemplate = true;
                        }
                        else
                        {
                            Fields.Write(body, pair.Key, pair.Value);
                        }
                    }

                    if (isTemplate)
                    {
                        AddText(scope);
                    }

                    return;
                case ValueTuple<string, object?> pair:
                    Fields.Write(body, pair.Item1, pair.Item2);
                    return;
                default:
                    AddText(scope);
                    return;
            }
        }

        private void AddText(object scope)
        {
            _ = Asking.TextOf(scope, out string text);
            (Texts ??= []).Add(text);
        }
    }
}
