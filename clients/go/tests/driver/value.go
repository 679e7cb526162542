package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

type color int

func (color) String() string { return "RED" }

type own string

func (o own) String() string { return string(o) }

type throws struct{}

func (throws) String() string { panic("no text here") }

type logs struct{ logger *dlogs.Logger }

func (l logs) String() string {
	l.logger.Info("from inside")
	return "logged"
}

type uuid [16]byte

func (u uuid) String() string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// fields are a call's own: typed where Go has a type for them, in the order of their keys.
func fields(request object, logger *dlogs.Logger, number int64) (fields []dlogs.Field) {
	given, _ := value(request["fields"], logger, number).(object)
	keys := make([]string, 0, len(given))
	for key := range given {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		switch v := given[key].(type) {
		case string:
			fields = append(fields, dlogs.String(key, v))
		case int64:
			fields = append(fields, dlogs.Int64(key, v))
		case uint64:
			fields = append(fields, dlogs.Uint64(key, v))
		case float64:
			fields = append(fields, dlogs.Float64(key, v))
		case bool:
			fields = append(fields, dlogs.Bool(key, v))
		case time.Time:
			fields = append(fields, dlogs.Time(key, v))
		default:
			fields = append(fields, dlogs.Any(key, v))
		}
	}
	return fields
}

// value is what a written value stands for.
func value(written any, logger *dlogs.Logger, number int64) any {
	switch written := written.(type) {
	case []any:
		list := make([]any, len(written))
		for i, one := range written {
			list[i] = value(one, logger, number)
		}
		return list
	case json.Number:
		if n, err := written.Int64(); err == nil {
			return n
		}
		n, _ := written.Float64()
		return n
	case object:
		if len(written) == 1 {
			for name, inside := range written {
				if strings.HasPrefix(name, "$") {
					return special(name, inside, logger, number)
				}
			}
		}
		found := make(object, len(written))
		for key, one := range written {
			found[key] = value(one, logger, number)
		}
		return found
	default:
		return written
	}
}

func special(name string, inside any, logger *dlogs.Logger, number int64) any {
	text, _ := inside.(string)
	list, _ := value(inside, logger, number).([]any)
	switch name {
	case "$n":
		return number
	case "$i64":
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	case "$u64":
		n, _ := strconv.ParseUint(text, 10, 64)
		return n
	case "$f64":
		n, _ := strconv.ParseFloat(text, 64)
		return n
	case "$big":
		n, _ := new(big.Int).SetString(text, 10)
		return n
	case "$decimal":
		return json.Number(text)
	case "$bytes", "$raw":
		bytes, _ := base64.StdEncoding.DecodeString(text)
		if name == "$raw" {
			return string(bytes)
		}
		return bytes
	case "$time_ns":
		n, _ := strconv.ParseInt(text, 10, 64)
		return time.Unix(0, n)
	case "$date":
		at, _ := time.Parse(time.DateOnly, text)
		return at
	case "$duration_ms":
		return time.Duration(whole(inside)) * time.Millisecond
	case "$utf16":
		var units []uint16
		for _, unit := range list {
			n, _ := unit.(int64)
			units = append(units, uint16(n))
		}
		return string(utf16.Decode(units))
	case "$repeat":
		piece, _ := list[0].(string)
		count, _ := list[1].(int64)
		return strings.Repeat(piece, int(count))
	case "$list":
		count, _ := list[0].(int64)
		return slices.Repeat([]any{list[1]}, int(count))
	case "$uuid":
		bytes, _ := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
		return uuid(bytes)
	case "$tuple":
		tuple := reflect.New(reflect.ArrayOf(len(list), reflect.TypeFor[any]())).Elem()
		reflect.Copy(tuple, reflect.ValueOf(list))
		return tuple.Interface()
	case "$set":
		set := map[any]struct{}{}
		for _, one := range list {
			set[one] = struct{}{}
		}
		return set
	case "$map":
		found := map[any]any{}
		for _, one := range list {
			pair, _ := one.([]any)
			found[pair[0]] = pair[1]
		}
		return found
	case "$keys":
		found := object{}
		for n := range whole(inside) {
			found["k"+strconv.FormatInt(n+1, 10)] = n + 1
		}
		return found
	case "$deep":
		var found any = "end"
		for range whole(inside) {
			found = object{"d": found}
		}
		return found
	case "$cycle":
		around := object{}
		around["self"] = around
		return around
	case "$throws":
		return throws{}
	case "$logs":
		return logs{logger}
	case "$enum":
		return color(0)
	case "$own":
		return own(text)
	case "$error":
		return errors.New(text)
	case "$function":
		return special
	default:
		return object{name: value(inside, logger, number)}
	}
}
