package distributedlogs

import (
	"encoding/json"
	"log/slog"
	"math"
	"math/big"
	"reflect"
	"slices"
	"time"
)

// maxBigBits is the size above which a number is cut: spelling it would take longer than a log call may.
const maxBigBits = 1 << 16

// value writes anything. Depth counts the lists and maps around it.
func (b *body) value(v any, depth int) {
	switch v := v.(type) {
	case nil:
		b.tag(tagNull)
	case string:
		b.tagged(tagString, v)
	case bool:
		b.boolean(v)
	case int:
		b.number(tagInt, uint64(v))
	case int64:
		b.number(tagInt, uint64(v))
	case uint64:
		b.number(tagUint, v)
	case float64:
		b.number(tagFloat, math.Float64bits(v))
	case []byte:
		b.blob(v)
	case time.Time:
		b.time(v)
	case time.Duration:
		b.number(tagFloat, math.Float64bits(milliseconds(v)))
	case json.Number:
		b.tagged(tagDecimal, string(v))
	case *big.Int:
		b.bigInt(v)
	case *big.Float:
		b.bigFloat(v)
	case *big.Rat:
		b.bigRat(v)
	case map[string]any:
		b.entries(v, depth)
	case Fields:
		b.entries(v, depth)
	case []any:
		b.list(len(v), depth, func(i int) any { return v[i] })
	case []slog.Attr:
		b.attrs(v, depth)
	case slog.Value:
		b.slogValue(v, depth)
	default:
		b.foreign(v, depth)
	}
}

func (b *body) blob(v []byte) { b.tagged(tagBytes, string(v[:min(len(v), maxTextBytes)])) }

func (b *body) time(v time.Time) {
	if ns, ok := unixNano(v); ok {
		b.number(tagTime, uint64(ns))
	} else {
		b.tagged(tagString, v.Format(time.RFC3339Nano))
	}
}

func (b *body) bigInt(v *big.Int) {
	switch {
	case v == nil:
		b.tag(tagNull)
	case v.BitLen() > maxBigBits:
		b.cut()
	default:
		b.tagged(tagDecimal, v.String())
	}
}

func (b *body) bigFloat(v *big.Float) {
	switch {
	case v == nil:
		b.tag(tagNull)
	case v.MinPrec() > maxBigBits || v.MantExp(nil) > maxBigBits || v.MantExp(nil) < -maxBigBits:
		b.cut()
	default:
		b.tagged(tagDecimal, v.Text('g', -1))
	}
}

func (b *body) bigRat(v *big.Rat) {
	switch {
	case v == nil:
		b.tag(tagNull)
	case v.Num().BitLen() > maxBigBits || v.Denom().BitLen() > maxBigBits:
		b.cut()
	default:
		b.tagged(tagDecimal, v.RatString())
	}
}

func (b *body) list(length, depth int, at func(int) any) {
	if depth >= maxDepth {
		b.cut()
		return
	}
	countAt, count := b.begin(tagList), 0
	for ; count < length && !b.full(); count++ {
		b.value(at(count), depth+1)
	}
	if count < length {
		b.cut()
		count++
	}
	b.end(countAt, count)
}

// entries writes a map in the order of its keys.
func (b *body) entries(m map[string]any, depth int) {
	if m == nil {
		b.tag(tagNull)
		return
	}
	if depth >= maxDepth {
		b.cut()
		return
	}
	countAt, count := b.begin(tagMap), 0
	for _, key := range sortedKeys(m) {
		count++
		if b.full() {
			b.cutEntry()
			break
		}
		b.text(key)
		b.value(m[key], depth+1)
	}
	b.end(countAt, count)
}

func (b *body) mapFields(v any) {
	fields, _ := v.(Fields)
	for _, key := range sortedKeys(fields) {
		if !b.room() {
			return
		}
		b.key(key)
		b.value(fields[key], 0)
	}
}

// sortedKeys leaves out what cannot fit into a record: sorting a million keys would take longer than a log call may.
func sortedKeys(m map[string]any) []string {
	const entryBytes = 5
	keys, room := make([]string, 0, min(len(m), maxRecordBytes/entryBytes)), maxRecordBytes
	for key := range m {
		if keys = append(keys, key); room < 0 {
			break
		}
		room -= entryBytes + len(key)
	}
	slices.Sort(keys)
	return keys
}

// sequence writes a slice or an array.
func (b *body) sequence(v reflect.Value, depth int) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		b.blob(bytesOf(v))
		return
	}
	b.list(v.Len(), depth, func(i int) any { return v.Index(i).Interface() })
}

// bytesOf reads the bytes of a slice, or of an array, which may have no address.
func bytesOf(v reflect.Value) []byte {
	if v.Kind() == reflect.Slice {
		return v.Bytes()
	}
	bytes := make([]byte, min(v.Len(), maxTextBytes))
	reflect.Copy(reflect.ValueOf(bytes), v.Convert(reflect.ArrayOf(v.Len(), reflect.TypeFor[byte]())))
	return bytes
}
