package distributedlogs_test

import (
	"context"
	"os"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

// patience is how long may be sent at an end where it is counted what has arrived.
const patience = 20 * time.Second

// options are those of a logger for tests: quick, uncompressed, with a journal of its own.
func options(t testing.TB, s *sink.Sink) dlogs.Config {
	return dlogs.Config{
		Endpoint:      s.Endpoint,
		ServiceName:   "tests",
		ComponentName: "go",
		JournalDir:    journal(t),
		Compression:   "none",
		BatchInterval: 5 * time.Millisecond,
		RetryInitial:  10 * time.Millisecond,
		RetryMax:      50 * time.Millisecond,
		// Many tests count what has arrived as soon as a logger is closed: no stall of the machine may end that sooner.
		ShutdownTimeout: patience,
	}
}

// journal is a folder that goes with the test. A logger that could not send everything in time may still be at work in it.
func journal(t testing.TB) string {
	folder, err := os.MkdirTemp("", "dlogs-go-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		sink.Until(t, "the journal's end", func() bool { return os.RemoveAll(folder) == nil })
	})
	return folder
}

// open makes a logger that ends with the test.
func open(t testing.TB, config dlogs.Config) *dlogs.Logger {
	t.Helper()
	logger, err := dlogs.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { logger.Close(within(t, time.Second)) })
	return logger
}

func within(t testing.TB, limit time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	t.Cleanup(cancel)
	return ctx
}

func opened(t testing.TB) (*dlogs.Logger, *sink.Sink) {
	s := sink.Open(t)
	return open(t, options(t, s)), s
}
