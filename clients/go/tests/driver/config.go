package main

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

// configOf sets the fields of a Config by their names in Go. What has none there, or another type, goes into Extra, so that
// the library says what is wrong.
func configOf(given object) (config dlogs.Config) {
	fields := reflect.ValueOf(&config).Elem()
	config.Extra = map[string]any{}
	for name, written := range given {
		field := fields.FieldByName(inGo(name))
		if !field.IsValid() || !set(field, written) {
			config.Extra[name] = written
		}
	}
	return config
}

func inGo(name string) (pascal string) {
	for part := range strings.SplitSeq(strings.TrimSuffix(name, "_ms"), "_") {
		if part == "api" || part == "ca" {
			pascal += strings.ToUpper(part)
		} else {
			pascal += strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return pascal
}

// set answers false where the value has another type, or is the zero value, which a field cannot give.
func set(field reflect.Value, written any) bool {
	switch written := written.(type) {
	case string:
		if level, err := dlogs.ParseLevel(written); field.Type() == reflect.TypeFor[dlogs.Level]() && err == nil {
			field.Set(reflect.ValueOf(level))
		} else if field.Kind() == reflect.String {
			field.SetString(written)
		} else {
			return false
		}
	case json.Number:
		n, err := written.Int64()
		if err != nil || n == 0 || !field.CanInt() || field.Type() == reflect.TypeFor[dlogs.Level]() {
			return false
		}
		if field.Type() == reflect.TypeFor[time.Duration]() {
			n *= int64(time.Millisecond)
		}
		field.SetInt(n)
	case object:
		if field.Type() != reflect.TypeFor[dlogs.Fields]() {
			return false
		}
		field.Set(reflect.ValueOf(dlogs.Fields(written)))
	case []any:
		if field.Type() != reflect.TypeFor[[]string]() {
			return false
		}
		for _, one := range written {
			text, _ := one.(string)
			field.Set(reflect.Append(field, reflect.ValueOf(text)))
		}
	default:
		return false
	}
	return !field.IsZero()
}
