package distributedlogs_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

type (
	word   string
	number int16
	flag   bool
	hash   [4]byte
	secret struct{ Shown, hidden string }
	base   struct {
		ID   int `json:"id"`
		Name string
	}
	order struct {
		base
		*secret
		Total  float64        `json:"total"`
		Note   string         `json:"note,omitempty"`
		At     time.Time      `json:"at,omitzero"`
		Skip   string         `json:"-"`
		Tags   []string       `json:"tags"`
		Parent *order         `json:"parent,omitempty"`
		Extra  map[string]int `json:",omitempty"`
	}
	ring   struct{ Next *ring }
	asJSON struct{}
	asText struct{}
	broken struct{}
	inner  struct{ inner *inner }
)

func (asJSON) MarshalJSON() ([]byte, error) {
	return []byte(`{"n": 12345678901234567890, "l": [1.10]}`), nil
}
func (asText) MarshalText() ([]byte, error) { return []byte("as text"), nil }
func (broken) MarshalJSON() ([]byte, error) { return nil, errors.New("no") }
func (broken) String() string               { return "by its String method" }

func TestValues(t *testing.T) {
	logger, s := opened(t)
	loop := &ring{}
	loop.Next = loop
	big30, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	pointed, pointer := 7, new(*int)
	*pointer = &pointed
	table := []struct {
		name        string
		given, want any
	}{
		{"named text", word("w"), "w"},
		{"named number", number(-3), int64(-3)},
		{"named bool", flag(true), true},
		{"small unsigned", uint8(200), uint64(200)},
		{"float32", float32(0.5), 0.5},
		{"not a number", math.Inf(-1), math.Inf(-1)},
		{"complex", complex(1, -2), "(1-2i)"},
		{"nil pointer", (*order)(nil), nil},
		{"nil map", map[string]any(nil), nil},
		{"nil error", error(nil), nil},
		{"pointer to pointer", pointer, int64(7)},
		{"bytes", []byte{0, 1, 255}, []byte{0, 1, 255}},
		{"array of bytes", hash{1, 2, 3, 4}, []byte{1, 2, 3, 4}},
		{"list", []int{1, 2}, []any{int64(1), int64(2)}},
		{"list of anything", []any{1, "a", nil}, []any{int64(1), "a", nil}},
		{"array", [2]string{"a", "b"}, []any{"a", "b"}},
		{"map", map[string]int{"b": 2, "a": 1}, map[string]any{"a": int64(1), "b": int64(2)}},
		{"map with numbers", map[int]string{1: "one"}, map[string]any{"1": "one"}},
		{"set", map[string]struct{}{"only": {}}, []any{"only"}},
		{"fields", dlogs.Fields{"a": 1}, map[string]any{"a": int64(1)}},
		{"big", big30, sink.Decimal("123456789012345678901234567890")},
		{"big, not a pointer", *big.NewInt(7), sink.Decimal("7")},
		{"big fraction", big.NewFloat(1.5), sink.Decimal("1.5")},
		{"ratio", big.NewRat(1, 3), sink.Decimal("1/3")},
		{"too big", new(big.Int).Lsh(big.NewInt(1), 1<<20), sink.Cut("")},
		{"spelled number", json.Number("1.10"), sink.Decimal("1.10")},
		{"time", time.Unix(0, 1700000000123456789), time.Unix(0, 1700000000123456789).UTC()},
		{"time outside of the nanoseconds", time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC), "3000-01-01T00:00:00Z"},
		{"duration", 1500 * time.Millisecond, 1500.0},
		{"error", errors.New("disk on fire"), "disk on fire"},
		{"address", netip.MustParseAddr("192.168.1.100"), "192.168.1.100"},
		{"url", &url.URL{Scheme: "https", Host: "h"}, "https://h"},
		{"own JSON", asJSON{}, map[string]any{"n": sink.Decimal("12345678901234567890"), "l": []any{sink.Decimal("1.10")}}},
		{"raw JSON", json.RawMessage(`[true]`), []any{true}},
		{"own text", asText{}, "as text"},
		{"own JSON that fails", broken{}, "by its String method"},
		{"function", TestValues, "<func(*testing.T)>"},
		{"channel", make(chan int), "<chan int>"},
		{"ring", loop, map[string]any{"Next": map[string]any{"Next": map[string]any{"Next": map[string]any{"Next": map[string]any{
			"Next": map[string]any{"Next": map[string]any{"Next": map[string]any{"Next": sink.Cut("")}}}}}}}}},
		{"nothing to show", inner{}, map[string]any{}},
		{"structure", order{base: base{ID: 1, Name: "n"}, secret: &secret{Shown: "s", hidden: "h"}, Total: 2.5, Tags: []string{"x"}},
			map[string]any{"id": int64(1), "Name": "n", "Shown": "s", "total": 2.5, "tags": []any{"x"}}},
		{"structure without the embedded one", order{Tags: []string{}},
			map[string]any{"id": int64(0), "Name": "", "total": 0.0, "tags": []any{}}},
	}
	for _, row := range table {
		if !logger.Info(row.name, dlogs.Any("before", 1), dlogs.Any("v", row.given), dlogs.Any("after", 2)) {
			t.Errorf("%s was not accepted", row.name)
		}
	}
	for i, record := range s.Wait(t, len(table)) {
		same(t, table[i].name, record.Fields, map[string]any{"before": int64(1), "v": table[i].want, "after": int64(2)})
	}
}

func TestWhatIsTooMuchIsCutVisibly(t *testing.T) {
	logger, s := opened(t)
	fields := make([]dlogs.Field, 300)
	keys := dlogs.Fields{}
	for i := range fields {
		fields[i] = dlogs.Int(strings.Repeat("k", 1+i), i)
		keys[strings.Repeat("k", 1+i)] = i
	}
	long := strings.Repeat("ü", 200_000)
	// Some take a segment, and the next may not be ready yet: that is refused, and then it is tried again.
	log := func(message string, fields ...dlogs.Field) {
		sink.Until(t, "room in the journal", func() bool { return logger.Info(message, fields...) })
	}
	log("fields", fields...)
	log("map", dlogs.Map(keys))
	log("values", dlogs.String("long", long), dlogs.Any("after", make([]byte, 1000)), dlogs.Int("last", 1))
	log("list", dlogs.Any("list", slices.Repeat([]any{7}, 1_000_000)), dlogs.Int("last", 1))
	log("huge map", dlogs.Any("map", hugeMap()))
	log(strings.Repeat("x", 10_000_000), dlogs.Int("kept", 1))
	records := s.Wait(t, 6)
	for _, record := range records[:2] {
		if _, cut := record.Fields["@cut"]; !cut || len(record.Fields) < 250 || len(record.Fields) > 257 {
			t.Errorf("%s: %d fields, cut %v", record.Message, len(record.Fields), cut)
		}
	}
	if kept, _ := records[2].Fields["long"].(sink.Cut); len(kept) < 200_000 || !strings.HasPrefix(long, string(kept)) {
		t.Errorf("of the long text %d bytes were kept", len(kept))
	}
	if _, cut := records[2].Fields["@cut"]; !cut {
		t.Errorf("fields without room left no mark: %v", records[2].Keys)
	}
	list, _ := records[3].Fields["list"].([]any)
	if len(list) < 20_000 || list[len(list)-1] != sink.Cut("") {
		t.Errorf("of the list %d were kept", len(list))
	}
	if found, _ := records[4].Fields["map"].(map[string]any); len(found) < 50 || found["@cut"] != sink.Cut("") {
		t.Errorf("of the map %d were kept", len(found))
	}
	if last := records[5]; !strings.HasSuffix(last.Message, "x…") || last.Fields["kept"] != int64(1) {
		t.Errorf("of the message %d bytes were kept, of the fields %v", len(last.Message), last.Keys)
	}
}

func hugeMap() map[number]map[number]int {
	found := map[number]map[number]int{}
	for i := range number(200) {
		found[i] = map[number]int{}
		for j := range number(200) {
			found[i][j] = 1
		}
	}
	return found
}
