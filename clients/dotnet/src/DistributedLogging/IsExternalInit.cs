#if !NET8_0_OR_GREATER
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler wants to see for records on netstandard2.0.</summary>
internal static class IsExternalInit;
#endif
