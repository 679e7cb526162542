package distributedlogs_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %#v\nwant %#v", what, got, want)
	}
}

func TestEveryVerbHasItsLevel(t *testing.T) {
	s := sink.Open(t)
	config := options(t, s)
	config.Level = dlogs.LevelTrace
	logger := open(t, config)
	verbs := []func(string, ...dlogs.Field) bool{
		logger.Trace, logger.Debug, logger.Info, logger.Warning, logger.Error, logger.Critical,
	}
	for number, verb := range verbs {
		if !verb(fmt.Sprint(number), dlogs.Int("n", number)) {
			t.Errorf("verb %d was not accepted", number)
		}
	}
	logger.Log(dlogs.LevelError, "4")
	for number, record := range s.Wait(t, 7) {
		same(t, "level of "+record.Message, fmt.Sprint(record.Level), record.Message)
		if number < 6 {
			same(t, "fields", record.Fields, map[string]any{"n": int64(number)})
		}
	}
}

func TestTheLevelDecides(t *testing.T) {
	logger, s := opened(t)
	child := logger.Child()
	if logger.Debug("no") || logger.Enabled(dlogs.LevelDebug) || logger.Level() != dlogs.LevelInfo {
		t.Error("DEBUG is enabled though nobody asked for it")
	}
	child.SetLevel(dlogs.LevelError)
	if logger.Warning("no") || child.Custom("no") || !logger.Error("yes") {
		t.Error("the level that a child sets is not everybody's")
	}
	logger.SetLevel(dlogs.LevelTrace)
	if !child.Trace("yes") {
		t.Error("the level cannot be lowered again")
	}
	s.Wait(t, 2)
	same(t, "messages", s.Messages(), []string{"yes", "yes"})
	same(t, "offered", logger.Stats().Accepted, uint64(2))
}

func TestTypedFieldsAndMapsSayTheSame(t *testing.T) {
	logger, s := opened(t)
	at := time.Date(2026, 11, 22, 10, 0, 0, 123456789, time.UTC)
	logger.Info("typed", dlogs.String("s", "text"), dlogs.String("empty", ""), dlogs.Int("i", -7), dlogs.Int64("j", 1<<62),
		dlogs.Uint64("u", 1<<63), dlogs.Float64("f", 99.99), dlogs.Bool("yes", true), dlogs.Bool("no", false),
		dlogs.Duration("took", 1500*time.Microsecond), dlogs.Time("at", at), dlogs.Any("none", nil))
	logger.Info("map", dlogs.Map(map[string]any{"s": "text", "empty": "", "i": -7, "j": int64(1 << 62), "u": uint64(1 << 63),
		"f": 99.99, "yes": true, "no": false, "took": 1500 * time.Microsecond, "at": at, "none": nil}))
	records := s.Wait(t, 2)
	want := map[string]any{"s": "text", "empty": "", "i": int64(-7), "j": int64(1 << 62), "u": uint64(1 << 63),
		"f": 99.99, "yes": true, "no": false, "took": 1.5, "at": at, "none": nil}
	same(t, "typed", records[0].Fields, want)
	same(t, "map", records[1].Fields, want)
}

func TestAChildsFieldsAreBoundAndOwnOnesWin(t *testing.T) {
	logger, s := opened(t)
	child := logger.Child(dlogs.String("user", "bound"), dlogs.Bool("kept", true))
	grandchild := child.Child(dlogs.Int("depth", 2))
	child.Info("child", dlogs.String("user", "own"))
	grandchild.Custom("grandchild")
	logger.Info("parent")
	records := s.Wait(t, 3)
	same(t, "child", records[0].Fields, map[string]any{"user": "own", "kept": true})
	same(t, "order", records[0].Keys, []string{"user", "kept"})
	same(t, "grandchild", records[1].Fields, map[string]any{"user": "bound", "kept": true, "depth": int64(2)})
	same(t, "custom", []bool{records[0].Custom, records[1].Custom}, []bool{false, true})
	same(t, "parent", records[2].Fields, map[string]any{})
}

func TestAContextCarriesFields(t *testing.T) {
	logger, s := opened(t)
	outer := dlogs.ContextWith(context.Background(), dlogs.String("request_id", "r-1"), dlogs.Int("n", 1))
	inner := dlogs.ContextWith(outer, dlogs.Int("n", 2))
	logger.For(inner).Info("inner", dlogs.Bool("own", true))
	logger.Child(dlogs.String("n", "child")).For(outer).Info("child")
	logger.For(context.Background()).Info("without")
	//lint:ignore SA1012 A nil context must do no harm.
	logger.For(nil).Info("nil")
	records := s.Wait(t, 4)
	same(t, "inner", records[0].Fields, map[string]any{"request_id": "r-1", "n": int64(2), "own": true})
	same(t, "child", records[1].Fields, map[string]any{"request_id": "r-1", "n": "child"})
	same(t, "without", records[2].Fields, map[string]any{})
}

type traced struct{ error }

func (traced) Format(state fmt.State, _ rune) { fmt.Fprint(state, "main.go:7\nhandler.go:9") }

func TestAnErrorHasTypeTextAndStack(t *testing.T) {
	logger, s := opened(t)
	cause := errors.New("connection refused")
	logger.Error("plain", dlogs.Error(cause))
	logger.Error("wrapped", dlogs.String("first", "field"), dlogs.Error(fmt.Errorf("charging: %w", cause)))
	logger.Error("joined", dlogs.Error(errors.Join(cause, context.Canceled)))
	logger.Error("traced", dlogs.Error(traced{cause}))
	logger.Error("nil", dlogs.Error(nil))
	records := s.Wait(t, 5)
	same(t, "plain", records[0].Fields, map[string]any{"@error.type": "*errors.errorString", "@error.message": "connection refused"})
	same(t, "errors come first", records[1].Keys, []string{"@error.type", "@error.message", "@error.stack", "first"})
	same(t, "chain", records[1].Fields["@error.stack"],
		"*fmt.wrapError: charging: connection refused\ncaused by *errors.errorString: connection refused")
	same(t, "joined", records[2].Fields["@error.message"], "connection refused\ncontext canceled")
	same(t, "traced", records[3].Fields["@error.stack"], "main.go:7\nhandler.go:9")
	same(t, "nil", records[4].Fields, map[string]any{})
}

func TestARecordMayHaveAnotherTime(t *testing.T) {
	logger, s := opened(t)
	at := time.Date(2026, 11, 22, 10, 0, 0, 1, time.UTC)
	logger.LogAt(at, dlogs.LevelInfo, "then")
	before := time.Now()
	logger.LogAt(time.Time{}, dlogs.LevelInfo, "now")
	after := time.Now()
	records := s.Wait(t, 2)
	if !records[0].Stamp.Equal(at) {
		t.Errorf("stamped %v, wanted %v", records[0].Stamp, at)
	}
	if stamp := records[1].Stamp; stamp.Before(before) || stamp.After(after) {
		t.Errorf("the core's clock said %v between %v and %v", stamp, before, after)
	}
}

func TestWhoSpeaks(t *testing.T) {
	logger, s := opened(t)
	logger.Info("hello")
	record := s.Wait(t, 1)[0]
	client := s.Headers()[0].Client
	same(t, "language", client["language"], "go")
	same(t, "sdk", client["sdk_version"], dlogs.Version)
	same(t, "service", []any{client["service"], client["component"]}, []any{"tests", "go"})
	same(t, "stream", logger.Stream(), record.Stream)
}

func TestStates(t *testing.T) {
	logger, s := opened(t)
	same(t, "before", []any{logger.State(), logger.Activity()}, []any{dlogs.StateStopped, dlogs.Activity("")})
	logger.Info("m")
	s.Wait(t, 1)
	sink.Until(t, "running", func() bool {
		return logger.State() == dlogs.StateRunning && logger.Activity() == dlogs.ActivityBatching
	})
	s.Refuse(503)
	logger.Info("m")
	sink.Until(t, "failed", func() bool { return logger.State() == dlogs.StateFailed })
	if stats := logger.Stats(); stats.Failed < 5 || stats.LastError == "" || stats.LastErrorAt.IsZero() || stats.Waiting != 1 {
		t.Errorf("%+v", stats)
	}
}
