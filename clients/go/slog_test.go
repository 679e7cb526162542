package distributedlogs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/slogtest"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

// TestSlogsOwnTests gives each case of testing/slogtest a logger, and shows it the record that came to the server.
func TestSlogsOwnTests(t *testing.T) {
	logger, s := opened(t)
	count := 0
	newHandler := func(*testing.T) slog.Handler { return dlogs.NewSlogHandler(logger, nil) }
	slogtest.Run(t, newHandler, func(t *testing.T) map[string]any {
		count++
		record := s.Wait(t, count)[count-1]
		found := record.Fields
		found[slog.MessageKey] = record.Message
		found[slog.LevelKey] = record.Level
		if !record.Time.IsZero() {
			found[slog.TimeKey] = record.Time
		}
		return found
	})
}

type lazy struct{}

func (lazy) LogValue() slog.Value { return slog.GroupValue(slog.Int("n", 1)) }

func TestSlogsKindsAndGroups(t *testing.T) {
	logger, s := opened(t)
	at := time.Unix(0, 1700000000123456789).UTC()
	log := slog.New(dlogs.NewSlogHandler(logger, nil))
	log.With("bound", 1, slog.Group("", slog.String("inlined", "i"))).
		Warn("kinds", "s", "text", "u", uint64(1<<63), "f", 0.5, "b", true, "at", at, "took", time.Second, "any", []int{1}, "lazy", lazy{})
	log.WithGroup("g").With("a", 1).WithGroup("h").Info("groups", "b", 2, slog.Group("i", slog.Group("empty")), "lazy", lazy{})
	log.Error("error", "err", errors.New("refused"), "other", errors.New("a value"))
	log.Debug("no")
	log.Log(context.Background(), slog.Level(12), "critical", "value", slog.AnyValue(lazy{}))
	records := s.Wait(t, 4)
	same(t, "kinds", records[0].Fields, map[string]any{"bound": int64(1), "inlined": "i", "s": "text", "u": uint64(1 << 63), "f": 0.5,
		"b": true, "at": at, "took": 1000.0, "any": []any{int64(1)}, "lazy": map[string]any{"n": int64(1)}})
	same(t, "groups", records[1].Fields, map[string]any{"g": map[string]any{"a": int64(1), "h": map[string]any{
		"b": int64(2), "lazy": map[string]any{"n": int64(1)}}}})
	same(t, "error", records[2].Fields,
		map[string]any{"@error.type": "*errors.errorString", "@error.message": "refused", "other": "a value"})
	levels := []int{records[0].Level, records[1].Level, records[2].Level, records[3].Level}
	same(t, "levels", levels, []int{3, 2, 4, 5})
}

func TestSlogsSourceAndContext(t *testing.T) {
	logger, s := opened(t)
	log := slog.New(dlogs.NewSlogHandler(logger, &dlogs.SlogOptions{AddSource: true}))
	ctx := dlogs.ContextWith(context.Background(), dlogs.String("request_id", "r-1"))
	log.InfoContext(ctx, "m")
	record := s.Wait(t, 1)[0]
	same(t, "context", record.Fields["request_id"], "r-1")
	if source, _ := record.Fields["source"].(string); !strings.Contains(source, "slog_test.go:") {
		t.Errorf("source is %q", source)
	}
}

func TestSlogsGroupsAreCutWhereTheyAreTooDeep(t *testing.T) {
	logger, s := opened(t)
	handler := slog.Handler(dlogs.NewSlogHandler(logger, nil))
	for range 12 {
		handler = handler.WithGroup("g")
	}
	slog.New(handler).Info("m", "end", 1)
	depth, inside := 0, any(s.Wait(t, 1)[0].Fields)
	for {
		next, more := inside.(map[string]any)
		if !more {
			break
		}
		depth, inside = depth+1, next["g"]
	}
	same(t, "depth", depth, 9)
}
