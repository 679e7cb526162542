package distributedlogs_test

import (
	"context"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

func next(t testing.TB, events <-chan dlogs.Event, name string) dlogs.Event {
	t.Helper()
	for {
		select {
		case event, open := <-events:
			if event.Name == name {
				return event
			}
			if !open {
				t.Fatalf("no %s came", name)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("no %s within 10 s", name)
		}
	}
}

func TestEventsTellWhatHappens(t *testing.T) {
	logger, s := opened(t)
	early := logger.Events(context.Background())
	s.Refuse(503)
	logger.Info("m")
	same(t, "reason", next(t, early, "connection_failed").Fields["reason"], "server")
	next(t, early, "alert")
	s.Refuse(0)
	next(t, early, "connection_restored")
	sent := next(t, early, "batch_sent")
	same(t, "sent", sent.Fields["count"], 1.0)

	//lint:ignore SA1012 A nil context must do no harm.
	late := logger.Events(nil)
	same(t, "a late listener hears what was", next(t, late, "state_changed").Fields["from"], "stopped")

	logger.Close(within(t, 10*time.Second))
	last := dlogs.Event{}
	for event := range early {
		last = event
	}
	same(t, "the last event", last, dlogs.Event{Name: "state_changed", Fields: map[string]any{"from": "stopping", "to": "stopped"}})
	for range logger.Events(context.Background()) {
		continue // A closed logger tells what was, then ends.
	}
}

func TestASlowListenerHoldsNobodyUp(t *testing.T) {
	logger, s := opened(t)
	events := logger.Events(context.Background())
	const many = 1500
	for n := range many {
		logger.Info("m", dlogs.Int("n", n))
		if n%4 == 0 {
			logger.Flush(within(t, time.Second))
		}
	}
	s.Wait(t, many)
	logger.Close(within(t, 10*time.Second))
	count := 0
	for range events {
		count++
	}
	if count == 0 {
		t.Error("nothing was heard")
	}
}

func TestEventsEndWithTheirContext(t *testing.T) {
	logger, _ := opened(t)
	ctx, cancel := context.WithCancel(context.Background())
	events := logger.Events(ctx)
	cancel()
	began := time.Now()
	sink.Until(t, "the channel's end", func() bool {
		select {
		case _, open := <-events:
			return !open
		default:
			return false
		}
	})
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
