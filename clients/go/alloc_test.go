//go:build !race

package distributedlogs_test

import (
	"context"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

// unserved is a logger without a server, which would allocate in this process too.
func unserved(t testing.TB) *dlogs.Logger {
	return open(t, dlogs.Config{
		Endpoint: "http://127.0.0.1:9/nobody", JournalDir: journal(t), JournalMaxBytes: 1 << 32, ShutdownTimeout: time.Millisecond,
	})
}

func TestTypedFieldsAllocateNothing(t *testing.T) {
	logger := unserved(t)
	at, text := time.Now(), string([]byte("not a constant"))
	child := logger.Child(dlogs.String("bound", "b"))
	ctx := dlogs.ContextWith(context.Background(), dlogs.String("request_id", "r"))
	number := 100_000
	table := map[string]func(){
		"typed": func() {
			number++
			logger.Info("Request processed", dlogs.String("path", text), dlogs.Int("user_id", number), dlogs.Float64("took", 4.5),
				dlogs.Bool("ok", true), dlogs.Uint64("u", uint64(number)), dlogs.Time("at", at), dlogs.Duration("for", time.Second))
		},
		"child":    func() { child.Warning("Rate limit approaching", dlogs.Int("current_rate", number)) },
		"context":  func() { logger.For(ctx).Info("m", dlogs.Int("n", number)) },
		"custom":   func() { logger.Custom("payment_completed", dlogs.Float64("amount", 99.99)) },
		"any":      func() { logger.Log(dlogs.LevelError, "m", dlogs.Any("text", "constant")) },
		"disabled": func() { logger.Debug("m", dlogs.String("path", text), dlogs.Int("n", number), dlogs.Time("at", at)) },
	}
	for name, call := range table {
		if allocations := testing.AllocsPerRun(1000, call); allocations != 0 {
			t.Errorf("%s: %v allocations", name, allocations)
		}
	}
}

// One call as the README shows it. The journal fills while it runs: -benchtime 200000x keeps below its cap.
func BenchmarkCall(b *testing.B) {
	logger := unserved(b)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		logger.Info("Request processed", dlogs.String("path", "/api/users"), dlogs.String("method", "GET"), dlogs.Int("user_id", n),
			dlogs.Float64("took_ms", 4.5), dlogs.Bool("cached", true))
	}
}

func BenchmarkDisabled(b *testing.B) {
	logger := unserved(b)
	b.Run("no fields", func(b *testing.B) {
		for b.Loop() {
			logger.Debug("Request processed")
		}
	})
	b.Run("two fields", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			logger.Debug("Request processed", dlogs.String("path", "/api/users"), dlogs.Int("user_id", n))
		}
	})
}
