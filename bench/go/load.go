// Command load is one contender of the bench in Go. It prints one line of JSON and judges nothing.
package main

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

const usage = `usage: load noop|ours|otel|otel-big|zap|slog|zerolog ENDPOINT COUNT RATE|flood SCRATCH-DIR
       load disabled COUNT SCRATCH-DIR`

// entry is one call's arguments: a message and five fields with the entropy of a real service.
type entry struct {
	message, path, trace string
	user                 int64
	duration             float64
	ok                   bool
}

// What all languages log; the bench runs every load in its own folder.
var messages, paths = words("messages"), words("paths")

func words(name string) []string {
	text, err := os.ReadFile("words/" + name + ".txt")
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// contender is a library under load. Finish delivers everything and says how many records it dropped, if it knows.
type contender interface {
	call(e *entry)
	finish() int
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(given []string) error {
	if len(given) == 3 && given[0] == "disabled" {
		return disabled(given[1], given[2])
	}
	if len(given) != 5 {
		return fmt.Errorf("%s", usage)
	}
	count, err := strconv.Atoi(given[2])
	if err != nil {
		return err
	}
	burst := count
	if given[3] != "flood" {
		rate, err := strconv.Atoi(given[3])
		if err != nil {
			return err
		}
		burst = max(1, rate/1000)
	}
	opened, err := open(given[0], given[1], given[4], given[3] == "flood")
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(load(opened, count, burst))
}

// load makes the calls and tells how long they took. Open loop: a late burst is made at once, none is left out.
func load(opened contender, count, burst int) map[string]any {
	durations, traces := make([]uint32, count), traces()
	runtime.GC()
	begun := time.Now()
	for n := range count {
		if n%burst == 0 {
			time.Sleep(time.Until(begun.Add(time.Duration(n/burst) * time.Millisecond)))
		}
		mixed := uint64(n) * 0xD6E8_FEB8_6659_FD93 >> 32
		e := entry{
			message: messages[mixed%8], path: paths[mixed>>3%8], trace: traces[mixed%4096], user: int64(mixed % 100_000),
			duration: float64(mixed%10_000) / 16, ok: mixed%50 != 0,
		}
		before := time.Now()
		opened.call(&e)
		durations[n] = uint32(min(time.Since(before), 1<<32-1))
	}
	logged := time.Now()
	dropped := opened.finish()
	ended := time.Now()
	slow := 0
	for _, ns := range durations {
		if ns > 1_000_000 {
			slow++
		}
	}
	slices.Sort(durations)
	quantile := func(share float64) uint32 { return durations[min(count-1, int(float64(count)*share))] }
	return map[string]any{
		"calls": count, "p50_ns": quantile(0.5), "p99_ns": quantile(0.99), "p999_ns": quantile(0.999), "max_ns": durations[count-1],
		"over_1ms": slow, "logged_s": logged.Sub(begun).Seconds(), "wall_s": ended.Sub(begun).Seconds(), "dropped_says": dropped,
		"peak_kb": peakKB(),
	}
}

func traces() []string {
	made := make([]string, 4096)
	for n := range made {
		high := uint64(n+1) * 0x9E37_79B9_7F4A_7C15
		made[n] = fmt.Sprintf("%016x%016x", high, bits.RotateLeft64(high, 29)*0xBF58_476D_1CE4_E5B9)
	}
	return made
}

func peakKB() (kb int) {
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	_, _ = fmt.Sscan(after, &kb)
	return kb
}
