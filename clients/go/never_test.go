package distributedlogs_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

// What must never happen: a panic, a deadlock, a stack without end, whatever the values do while they are read.

type (
	panics       struct{}
	panicsAsJSON struct{}
	panicsAsText struct{}
	panicsAsKey  struct{ n int }
	panicsOnce   struct{ times *int }
	failure      struct{}
)

func (panics) String() string                         { panic("no text here") }
func (panicsAsJSON) MarshalJSON() ([]byte, error)     { panic(errors.New("no JSON here")) }
func (panicsAsText) MarshalText() ([]byte, error)     { panic(nil) }
func (panicsAsKey) String() string                    { panic("no key here") }
func (failure) Error() string                         { panic("no message here") }
func (f failure) Unwrap() error                       { return f }
func (panics) LogValue() slog.Value                   { panic("no value here") }
func (p panicsOnce) MarshalJSON() (_ []byte, _ error) { *p.times++; panic(*p.times) }

func TestMethodsThatPanicAreTold(t *testing.T) {
	logger, s := opened(t)
	times := 0
	values := []any{panics{}, panicsAsJSON{}, panicsAsText{}, panicsOnce{&times}, failure{}, []any{panics{}}, struct{ In panics }{},
		map[panicsAsKey]int{{1}: 1}}
	for _, value := range values {
		if !logger.Info("m", dlogs.Int("left", 1), dlogs.Any("v", value), dlogs.String("right", "r")) {
			t.Errorf("%T was not accepted", value)
		}
	}
	logger.Info("m", dlogs.Int("left", 1), dlogs.Error(failure{}), dlogs.String("right", "r"))
	slog.New(dlogs.NewSlogHandler(logger, nil)).Info("m", "left", 1, "v", panics{}, "right", "r")
	for i, record := range s.Wait(t, len(values)+2) {
		if record.Fields["left"] != int64(1) || record.Fields["right"] != "r" {
			t.Errorf("record %d lost a neighbour: %v", i, record.Fields)
		}
		if i < 5 && !strings.Contains(record.Fields["v"].(string), "panicked: ") {
			t.Errorf("record %d does not tell: %v", i, record.Fields)
		}
	}
	records := s.Records()
	same(t, "in a list", records[5].Fields["v"], []any{"<distributedlogs_test.panics panicked: no text here>"})
	same(t, "in a struct", records[6].Fields["v"], map[string]any{"In": "<distributedlogs_test.panics panicked: no text here>"})
	same(t, "as error", records[8].Fields["@error.message"], "<distributedlogs_test.failure panicked: no message here>")
	if text, _ := records[9].Fields["v"].(string); !strings.Contains(text, "LogValue panicked") {
		t.Errorf("as slog value: %v", records[9].Fields)
	}
}

type logsInside struct{ logger *dlogs.Logger }

func (l logsInside) String() string {
	l.logger.Info("from inside", dlogs.Int("deep", 1))
	return "logged"
}

func TestAFieldThatLogsGivesTwoWholeRecords(t *testing.T) {
	logger, s := opened(t)
	logger.Info("outside", dlogs.String("before", "x"), dlogs.Any("it", logsInside{logger}), dlogs.String("after", "y"))
	records := s.Wait(t, 2)
	same(t, "inside", records[0].Fields, map[string]any{"deep": int64(1)})
	same(t, "outside", records[1].Fields, map[string]any{"before": "x", "it": "logged", "after": "y"})
}

type logsItself struct{ logger *dlogs.Logger }

func (l logsItself) String() string {
	l.logger.Info("again", dlogs.Any("me", l))
	return "done"
}

func (l logsItself) LogValue() slog.Value {
	slog.New(dlogs.NewSlogHandler(l.logger, nil)).Info("again", "me", l)
	return slog.StringValue("done")
}

func TestAFieldThatLogsItselfEnds(t *testing.T) {
	logger, s := opened(t)
	logger.Info("start", dlogs.Any("it", logsItself{logger}))
	slog.New(dlogs.NewSlogHandler(logger, nil)).Info("start", "it", logsItself{logger})
	if waiting := logger.Flush(within(t, 10e9)); waiting > 0 {
		t.Errorf("%d records wait", waiting)
	}
	messages := s.Messages()
	if len(messages) < 4 || len(messages) > 400 || messages[len(messages)-1] != "start" {
		t.Errorf("%d records, the last is %q", len(messages), messages[len(messages)-1])
	}
}

func TestManyAtOnceAreNotTakenForOne(t *testing.T) {
	logger, s := opened(t)
	const many = 200
	begin, ready := make(chan struct{}), make(chan struct{}, many)
	for range many {
		go logger.Info("m", dlogs.Any("slow", waits{ready, begin}))
	}
	for range many {
		<-ready
	}
	close(begin)
	for _, record := range s.Wait(t, many) {
		same(t, "value", record.Fields["slow"], "waited")
	}
}

type waits struct{ ready, begin chan struct{} }

func (w waits) String() string {
	w.ready <- struct{}{}
	<-w.begin
	return "waited"
}

type changes struct{ m map[string]any }

func (c changes) String() string {
	clear(c.m)
	return "changed"
}

func TestAFieldThatChangesItsMap(t *testing.T) {
	logger, s := opened(t)
	m := map[string]any{"z": 3}
	m["it"] = changes{m}
	logger.Info("m", dlogs.Map(m))
	same(t, "fields", s.Wait(t, 1)[0].Fields, map[string]any{"it": "changed", "z": nil})
}

func TestTextsThatAreNone(t *testing.T) {
	logger, s := opened(t)
	logger.Info("a\xff", dlogs.String("k\xff", "v\xed\xa0\x80"), dlogs.Any("", "empty key"))
	record := s.Wait(t, 1)[0]
	same(t, "bytes are kept for whoever decodes", []any{record.Message, record.Fields},
		[]any{"a\xff", map[string]any{"k\xff": "v\xed\xa0\x80", "": "empty key"}})
}
