package distributedlogs

import (
	"context"
	"math"
	"time"
)

// CloseReport says what became of the records of a logger that was closed.
type CloseReport struct {
	// Sent counts the records that the server has acknowledged.
	Sent uint64
	// Waiting counts the records that stay in the journal; the next process of the service sends them.
	Waiting uint64
	// Lost counts the records that were lost, for all reasons.
	Lost uint64
}

// Flush waits until everything logged before is acknowledged, and answers how many records are not. Without a deadline it
// waits as long as Close; when the context is cancelled it answers at once.
func (l *Logger) Flush(ctx context.Context) (waiting uint64) {
	timeout := l.timeoutMs(ctx)
	return until(ctx,
		func() uint64 { return l.core.native.Flush(timeout) },
		func() uint64 { return l.core.native.Flush(0) })
}

// Close takes no more records, sends what waits until the context ends (without a deadline: for ShutdownTimeout), and leaves
// the rest in the journal. It may be called again and then answers the same; it is the children's end too.
func (l *Logger) Close(ctx context.Context) CloseReport {
	timeout := l.timeoutMs(ctx)
	report := until(ctx,
		func() [3]uint64 { return l.core.native.Close(timeout) },
		func() [3]uint64 { return l.core.native.Close(0) })
	l.core.hangUp()
	return CloseReport{Sent: report[0], Waiting: report[1], Lost: report[2]}
}

// until waits for a native call that has a time limit of its own; when the context is cancelled, it answers what holds now.
func until[T any](ctx context.Context, wait, now func() T) T {
	if ctx == nil || ctx.Done() == nil {
		return wait()
	}
	answer := make(chan T, 1)
	go func() { answer <- wait() }()
	select {
	case value := <-answer:
		return value
	case <-ctx.Done():
	}
	if ctx.Err() == context.DeadlineExceeded {
		return <-answer // The deadline is the native call's too.
	}
	return now()
}

// timeoutMs is what is left of the context.
func (l *Logger) timeoutMs(ctx context.Context) uint32 {
	left := l.core.shutdownTimeout
	if ctx != nil {
		if deadline, ok := ctx.Deadline(); ok {
			left = time.Until(deadline)
		}
		if ctx.Err() != nil {
			left = 0
		}
	}
	return uint32(min(max(left.Milliseconds(), 0), math.MaxUint32))
}
