package dlogszap_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/dlogszap"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func opened(t *testing.T, level distributedlogs.Level) (*distributedlogs.Logger, *sink.Sink) {
	s := sink.Open(t)
	logger, err := distributedlogs.New(distributedlogs.Config{
		Endpoint: s.Endpoint, JournalDir: t.TempDir(), Compression: "none", BatchInterval: 5 * time.Millisecond, Level: level,
		ShutdownTimeout: 20 * time.Second, // The journal's folder goes after the close, which must not give up before.
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { logger.Close(context.Background()) })
	return logger, s
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %#v\nwant %#v", what, got, want)
	}
}

type panics struct{}

func (panics) MarshalLogObject(zapcore.ObjectEncoder) error { panic("no object here") }
func (panics) String() string                               { panic("no text here") }

type point struct{ x, y int }

func (p point) MarshalLogObject(encoder zapcore.ObjectEncoder) error {
	encoder.AddInt("x", p.x)
	encoder.AddInt("y", p.y)
	return nil
}

func TestZapsFields(t *testing.T) {
	logger, s := opened(t, 0)
	at := time.Unix(0, 1700000000123456789).UTC()
	log := zap.New(dlogszap.NewCore(logger)).With(zap.String("bound", "b"))
	log.Info("fields", zap.Int("i", -1), zap.Uint64("u", 1<<63), zap.Float64("f", 0.5), zap.Float32("g", 0.25), zap.Bool("b", true),
		zap.Duration("took", time.Second), zap.Time("at", at), zap.Binary("bytes", []byte{1}), zap.Strings("list", []string{"a"}),
		zap.Object("point", point{1, 2}), zap.Inline(point{3, 4}), zap.Any("map", map[string]int{"n": 1}), zap.Skip(),
		zap.NamedError("cause", errors.New("a value")), zap.ByteString("text", []byte("t")), zap.Stringer("panics", panics{}))
	log.Named("app").Named("db").Error("failed", zap.Error(errors.New("refused")), zap.Object("panics", panics{}), zap.Int("last", 1))
	records := s.Wait(t, 2)
	if text, _ := records[0].Fields["panicsError"].(string); !strings.Contains(text, "no text here") {
		t.Errorf("a String method that panics: %v", records[0].Fields)
	}
	delete(records[0].Fields, "panicsError")
	same(t, "fields", records[0].Fields, map[string]any{"bound": "b", "i": int64(-1), "u": uint64(1 << 63), "f": 0.5, "g": 0.25,
		"b": true, "took": 1000.0, "at": at, "bytes": []byte{1}, "list": []any{"a"}, "point": map[string]any{"x": int64(1), "y": int64(2)},
		"x": int64(3), "y": int64(4), "map": map[string]any{"n": int64(1)}, "cause": "a value", "text": "t"})
	same(t, "failed", records[1].Fields, map[string]any{"bound": "b", "@logger": "app.db", "@error.type": "*errors.errorString",
		"@error.message": "refused", "panics": "<dlogszap_test.panics panicked: no object here>", "last": int64(1)})
}

func TestZapsNamespaces(t *testing.T) {
	logger, s := opened(t, 0)
	log := zap.New(dlogszap.NewCore(logger)).With(zap.Int("a", 1), zap.Namespace("n"), zap.Int("b", 2)).With(zap.Int("c", 3))
	log.Info("m", zap.Namespace("o"), zap.Int("d", 4))
	same(t, "fields", s.Wait(t, 1)[0].Fields, map[string]any{"a": int64(1), "n": map[string]any{
		"b": int64(2), "c": int64(3), "o": map[string]any{"d": int64(4)}}})
}

func TestZapsLevelsTimeCallerAndStack(t *testing.T) {
	logger, s := opened(t, distributedlogs.LevelTrace)
	at := time.Unix(0, 1700000000123456789)
	log := zap.New(dlogszap.NewCore(logger), zap.AddCaller(), zap.AddStacktrace(zapcore.ErrorLevel), zap.WithClock(stopped{at}))
	log.Log(zapcore.Level(-2), "0")
	log.Debug("1")
	log.Info("2")
	log.Warn("3")
	log.Error("4")
	log.DPanic("5")
	for _, record := range s.Wait(t, 6) {
		same(t, "level of "+record.Message, string('0'+rune(record.Level)), record.Message)
		same(t, "time", record.Stamp.UnixNano(), at.UnixNano())
		if source, _ := record.Fields["source"].(string); !strings.Contains(source, "core_test.go:") {
			t.Errorf("source is %q", source)
		}
		if stack, _ := record.Fields["@error.stack"].(string); (record.Level >= 4) != strings.Contains(stack, "TestZapsLevels") {
			t.Errorf("level %d has the stack %q", record.Level, stack)
		}
	}
	logger.SetLevel(distributedlogs.LevelError)
	if log.Core().Enabled(zapcore.WarnLevel) || log.Check(zapcore.WarnLevel, "no") != nil || !log.Core().Enabled(zapcore.ErrorLevel) {
		t.Error("the logger's level does not decide")
	}
	if err := log.Sync(); err != nil {
		t.Error(err)
	}
}

type stopped struct{ at time.Time }

func (s stopped) Now() time.Time                           { return s.at }
func (stopped) NewTicker(every time.Duration) *time.Ticker { return time.NewTicker(every) }
