package distributedlogs

import (
	"reflect"
	"strings"
)

// structure writes the exported fields of a struct under the names that encoding/json gives them.
func (b *body) structure(v reflect.Value, depth int) {
	if depth >= maxDepth {
		b.cut()
		return
	}
	countAt := b.begin(tagMap)
	b.end(countAt, b.members(v, depth, maxDepth))
}

// members writes the fields, those of embedded structs among them, and says how many. Embedding ends at a limit, because a
// struct may embed a pointer to itself.
func (b *body) members(v reflect.Value, depth, embedding int) (count int) {
	for i := range v.NumField() {
		field, member := v.Type().Field(i), v.Field(i)
		tag := field.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if tag == "-" || leftOut(member, options) {
			continue
		}
		if inside := reflect.Indirect(member); field.Anonymous && name == "" && embedding > 0 {
			if inside.Kind() == reflect.Struct {
				count += b.members(inside, depth, embedding-1)
				continue
			}
			if !inside.IsValid() { // An embedded pointer that is nil has no fields.
				continue
			}
		}
		if !field.IsExported() {
			continue
		}
		if name == "" {
			name = field.Name
		}
		count++
		if b.full() {
			b.cutEntry()
			break
		}
		b.text(name)
		b.value(member.Interface(), depth+1)
	}
	return count
}

func leftOut(member reflect.Value, options string) bool {
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "omitzero":
			return member.IsZero()
		case "omitempty":
			switch member.Kind() {
			case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
				return member.Len() == 0
			case reflect.Struct:
			default:
				return member.IsZero()
			}
		}
	}
	return false
}
