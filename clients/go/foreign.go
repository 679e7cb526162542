package distributedlogs

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
)

// foreign writes what has methods of its own or needs reflection. A method that panics becomes a text that says so, and
// what it wrote half is taken back.
func (b *body) foreign(v any, depth int) {
	start := len(b.bytes)
	defer func() {
		if cause := recover(); cause != nil {
			b.bytes = b.bytes[:start]
			b.tagged(tagString, fmt.Sprintf("<%T panicked: %v>", v, cause))
		}
	}()
	value := reflect.ValueOf(v)
	if value.Kind() == reflect.Pointer && value.IsNil() {
		b.tag(tagNull)
		return
	}
	if !enter() {
		b.tagged(tagString, fmt.Sprintf("<%T logs itself>", v))
		return
	}
	defer leave()
	if !b.own(v, depth) {
		b.reflected(value, depth)
	}
}

// own asks the value's own methods, as encoding/json does; false: it has none that succeeds.
func (b *body) own(v any, depth int) bool {
	switch v := v.(type) {
	case error:
		b.tagged(tagString, v.Error())
		return true
	case big.Int:
		b.bigInt(&v)
		return true
	case big.Float:
		b.bigFloat(&v)
		return true
	case big.Rat:
		b.bigRat(&v)
		return true
	case json.Marshaler:
		if text, err := v.MarshalJSON(); err == nil && b.json(text, depth) {
			return true
		}
	}
	switch v := v.(type) {
	case encoding.TextMarshaler:
		if text, err := v.MarshalText(); err == nil {
			b.tagged(tagString, string(text))
			return true
		}
	case fmt.Stringer:
		b.tagged(tagString, v.String())
		return true
	}
	return false
}

// json writes what a MarshalJSON method says, if it is JSON.
func (b *body) json(text []byte, depth int) bool {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil {
		return false
	}
	b.value(v, depth)
	return true
}

func (b *body) reflected(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Bool:
		b.boolean(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		b.number(tagInt, uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		b.number(tagUint, v.Uint())
	case reflect.Float32, reflect.Float64:
		b.number(tagFloat, math.Float64bits(v.Float()))
	case reflect.String:
		b.tagged(tagString, v.String())
	case reflect.Pointer:
		b.pointee(v, depth)
	case reflect.Slice, reflect.Array:
		b.sequence(v, depth)
	case reflect.Map:
		b.reflectedMap(v, depth)
	case reflect.Struct:
		b.structure(v, depth)
	case reflect.Complex64, reflect.Complex128:
		b.tagged(tagString, fmt.Sprint(v.Complex()))
	default: // Channels and functions have nothing but a type.
		b.tagged(tagString, "<"+v.Type().String()+">")
	}
}

// pointee follows a pointer. Pointers are no level of their own, so a ring of bare pointers is cut here.
func (b *body) pointee(v reflect.Value, depth int) {
	for range maxDepth {
		if v.Kind() != reflect.Pointer && v.Kind() != reflect.Interface {
			b.value(v.Interface(), depth)
			return
		}
		if v.IsNil() {
			b.tag(tagNull)
			return
		}
		v = v.Elem()
	}
	b.cut()
}

// reflectedMap writes maps with keys or values of any type; a map to empty structs is a set, and becomes a list.
func (b *body) reflectedMap(v reflect.Value, depth int) {
	if v.IsNil() {
		b.tag(tagNull)
		return
	}
	if v.Type().Elem() == reflect.TypeFor[struct{}]() {
		keys := v.MapKeys()
		b.list(len(keys), depth, func(i int) any { return keys[i].Interface() })
		return
	}
	entries := make(map[string]any, min(v.Len(), maxRecordBytes))
	for it := v.MapRange(); it.Next() && len(entries) < maxRecordBytes; {
		entries[keyText(it.Key())] = it.Value().Interface()
	}
	b.entries(entries, depth)
}

// keyText spells a key as encoding/json does; fmt tells of a String method that panics.
func keyText(key reflect.Value) string {
	if key.Kind() == reflect.String {
		return key.String()
	}
	return fmt.Sprint(key.Interface())
}
