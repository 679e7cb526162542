// Command driver plays spec/cases in Go: it translates JSON lines into calls, and decides, waits for and checks nothing.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

type object = map[string]any

// heard keeps the events of a logger.
type heard struct {
	mutex  sync.Mutex
	events []object
}

type named struct {
	logger *dlogs.Logger
	heard  *heard
}

var loggers = map[string]named{}

func main() {
	lines := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			_ = out.Encode(answer(line))
		}
		if err != nil {
			closeAll()
			return
		}
	}
}

// closeAll is what `defer logger.Close(ctx)` does in a program: Go knows no other hook at its end.
func closeAll() {
	for _, one := range loggers {
		one.logger.Close(context.Background())
	}
}

func answer(line []byte) object {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var request object
	err := decoder.Decode(&request)
	if err == nil {
		var found object
		if found, err = perform(request); err == nil {
			if found == nil {
				found = object{}
			}
			found["ok"] = true
			return found
		}
	}
	return object{"ok": false, "error": err.Error()}
}

func perform(request object) (object, error) {
	on := named{}
	if name := text(request, "on", "main"); request["op"] != "open" {
		on = loggers[name]
	}
	logger := on.logger
	ctx, cancel := contextOf(request)
	defer cancel()
	switch op := request["op"]; op {
	case "hello":
		return object{"language": "go", "can": []string{"block"}}, nil
	case "open":
		return nil, open(request)
	case "start":
		logger.Start()
	case "log":
		level, err := dlogs.ParseLevel(text(request, "level", ""))
		if err != nil {
			return nil, err
		}
		calls(request, logger, "message", verb(logger, level))
	case "custom":
		calls(request, logger, "event", logger.Custom)
	case "child":
		loggers[text(request, "as", "")] = named{logger.Child(fields(request, logger, 1)...), on.heard}
	case "enabled":
		level, err := dlogs.ParseLevel(text(request, "level", ""))
		return object{"value": logger.Enabled(level)}, err
	case "set_level":
		level, err := dlogs.ParseLevel(text(request, "level", ""))
		logger.SetLevel(level)
		return nil, err
	case "flush":
		return object{"waiting": logger.Flush(ctx)}, nil
	case "close":
		report := logger.Close(ctx)
		return object{"sent": report.Sent, "waiting": report.Waiting, "lost": report.Lost}, nil
	case "stats":
		return object{"stats": logger.Stats()}, nil
	case "state":
		found := object{"state": logger.State()}
		if activity := logger.Activity(); activity != "" {
			found["activity"] = activity
		}
		return found, nil
	case "events":
		on.heard.mutex.Lock()
		defer on.heard.mutex.Unlock()
		return object{"events": append([]object{}, on.heard.events...)}, nil
	case "exit":
		closeAll()
		os.Exit(int(whole(request["code"])))
	default:
		return nil, fmt.Errorf("unknown op %v", op)
	}
	return nil, nil
}

func open(request object) error {
	given, _ := request["config"].(object)
	logger, err := dlogs.New(configOf(given))
	if err != nil {
		return err
	}
	found := &heard{}
	events := logger.Events(context.Background())
	go func() {
		for event := range events {
			event.Fields["name"] = event.Name
			found.mutex.Lock()
			found.events = append(found.events, event.Fields)
			found.mutex.Unlock()
		}
	}()
	loggers[text(request, "as", "main")] = named{logger, found}
	return nil
}

// calls makes one verb's calls, `count` times.
func calls(request object, logger *dlogs.Logger, what string, verb func(string, ...dlogs.Field) bool) {
	for number := range max(whole(request["count"]), 1) {
		message := fmt.Sprint(value(request[what], logger, number+1))
		message = strings.ReplaceAll(message, "{n}", strconv.FormatInt(number+1, 10))
		if request["fields"] == nil {
			verb(message)
		} else {
			verb(message, fields(request, logger, number+1)...)
		}
	}
}

func verb(logger *dlogs.Logger, level dlogs.Level) func(string, ...dlogs.Field) bool {
	return map[dlogs.Level]func(string, ...dlogs.Field) bool{
		dlogs.LevelTrace: logger.Trace, dlogs.LevelDebug: logger.Debug, dlogs.LevelInfo: logger.Info,
		dlogs.LevelWarning: logger.Warning, dlogs.LevelError: logger.Error, dlogs.LevelCritical: logger.Critical,
	}[level]
}

func contextOf(request object) (context.Context, context.CancelFunc) {
	if timeout, given := request["timeout_ms"]; given {
		return context.WithTimeout(context.Background(), time.Duration(whole(timeout))*time.Millisecond)
	}
	return context.Background(), func() {}
}

func text(request object, key, otherwise string) string {
	if text, ok := request[key].(string); ok {
		return text
	}
	return otherwise
}

func whole(v any) int64 {
	number, _ := v.(json.Number)
	n, _ := number.Int64()
	return n
}
