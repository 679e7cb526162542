package sink

import (
	"encoding/binary"
	"math"
	"time"
)

// Record is a body of spec/record.md, decoded.
type Record struct {
	Stream  string
	Seq     uint64
	Level   int
	Custom  bool
	Message string
	// Time is what the host said, the zero time if it said nothing; Stamp is what the core made of it.
	Time, Stamp time.Time
	// Fields are the keys with their values; of repeated keys the last counts. Keys are in order.
	Fields map[string]any
	Keys   []string
}

// Cut stands for a value that was cut: the beginning that was kept.
type Cut string

// Decimal is a number as it is spelled.
type Decimal string

type reader struct{ bytes []byte }

func (r *reader) take(count uint32) []byte {
	taken := r.bytes[:count]
	r.bytes = r.bytes[count:]
	return taken
}

func (r *reader) u32() uint32  { return binary.LittleEndian.Uint32(r.take(4)) }
func (r *reader) u64() uint64  { return binary.LittleEndian.Uint64(r.take(8)) }
func (r *reader) text() string { return string(r.take(r.u32())) }

// Decode reads a body, which the core has checked.
func Decode(body []byte) Record {
	r := &reader{body}
	head := r.take(4)
	record := Record{Level: int(head[0]), Custom: head[1] == 1, Fields: map[string]any{}}
	if ns := r.u64(); ns != 0 {
		record.Time = time.Unix(0, int64(ns))
	}
	record.Message = r.text()
	for range binary.LittleEndian.Uint16(head[2:]) {
		key := r.text()
		if _, known := record.Fields[key]; !known {
			record.Keys = append(record.Keys, key)
		}
		record.Fields[key] = r.value()
	}
	return record
}

func (r *reader) value() any {
	switch tag := r.take(1)[0]; tag {
	case 0:
		return nil
	case 1, 2:
		return tag == 2
	case 3:
		return int64(r.u64())
	case 4:
		return r.u64()
	case 5:
		return math.Float64frombits(r.u64())
	case 6:
		return r.text()
	case 7:
		list := make([]any, r.u32())
		for i := range list {
			list[i] = r.value()
		}
		return list
	case 8:
		found := map[string]any{}
		for range r.u32() {
			key := r.text()
			found[key] = r.value()
		}
		return found
	case 9:
		return []byte(r.text())
	case 10:
		return time.Unix(0, int64(r.u64())).UTC()
	case 11:
		return Decimal(r.text())
	default:
		return Cut(r.text())
	}
}
