package distributedlogs

import "context"

type contextKey struct{}

// ContextWith returns a context with fields for the records of everybody whom it is handed to: those that are logged
// through Logger.For, and those of the slog adapter. They are encoded once, here.
func ContextWith(ctx context.Context, fields ...Field) context.Context {
	return context.WithValue(ctx, contextKey{}, bind(contextBound(ctx), fields))
}

// For returns a logger whose records carry the context's fields too. A child's field of the same name wins.
func (l *Logger) For(ctx context.Context) *Logger {
	// So short that the compiler puts it into its caller, where the logger needs no allocation.
	return &Logger{core: l.core, bound: around(ctx, l.bound)}
}

func around(ctx context.Context, inner *bound) *bound {
	outer := contextBound(ctx)
	switch {
	case outer == nil:
		return inner
	case inner == nil:
		return outer
	default:
		b := &body{}
		b.join(outer)
		b.join(inner)
		return &bound{bytes: b.bytes, fields: b.fields}
	}
}

func contextBound(ctx context.Context) *bound {
	if ctx == nil {
		return nil
	}
	bound, _ := ctx.Value(contextKey{}).(*bound)
	return bound
}
