// Command kill_me logs from several threads until it is killed, and notes in shared memory which call has returned
// (dlogs-kills). When stdin ends it stops, ships everything, also what earlier lives left, and exits 0.
package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

const (
	usage    = "usage: kill_me ENDPOINT JOURNAL SIDE LIFE THREADS"
	patience = 280 * time.Second
	pause    = time.Millisecond
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(given []string) error {
	if len(given) != 5 {
		return fmt.Errorf("%s", usage)
	}
	endpoint, journal, life := given[0], given[1], given[3]
	threads, err := strconv.Atoi(given[4])
	if err != nil {
		return fmt.Errorf("%s", usage)
	}
	side, err := shared(given[2], threads)
	if err != nil {
		return err
	}
	logger, err := dlogs.New(dlogs.Config{
		Endpoint:      endpoint,
		ServiceName:   "kills",
		ComponentName: "go",
		Journal:       "disk",
		JournalDir:    journal,
		BatchInterval: 20 * time.Millisecond,
		RetryMax:      200 * time.Millisecond,
	})
	if err != nil {
		return err
	}
	var stop atomic.Bool
	var running sync.WaitGroup
	for thread := range threads {
		running.Go(func() { logUntil(&stop, logger, &side[thread], life, thread) })
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	stop.Store(true)
	running.Wait()
	return ship(logger, journal)
}

// shared maps the file in which the cells of the threads outlive the process.
func shared(path string, threads int) ([]uint64, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	const cell = 8
	bytes, err := syscall.Mmap(int(file.Fd()), 0, threads*cell, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return unsafe.Slice((*uint64)(unsafe.Pointer(&bytes[0])), threads), nil
}

func logUntil(stop *atomic.Bool, logger *dlogs.Logger, cell *uint64, life string, thread int) {
	for number := 1; !stop.Load(); number++ {
		message := fmt.Sprintf("%s.%d.%d", life, thread, number)
		for !logger.Info(message, dlogs.Int("thread", thread), dlogs.Int("n", number)) {
			time.Sleep(pause)
		}
		// One store of eight bytes: SIGKILL cannot come in between.
		atomic.StoreUint64(cell, uint64(number))
		if number%10 == 0 {
			time.Sleep(pause)
		}
	}
}

// ship waits until the server has everything, the streams of killed lives too, whose directories go when they are sent.
func ship(logger *dlogs.Logger, journal string) error {
	own, _, _ := strings.Cut(logger.Stream(), ".")
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		waiting := logger.Flush(ctx)
		cancel()
		if waiting == 0 && !others(journal, own) {
			logger.Close(context.Background())
			return nil
		}
	}
	return fmt.Errorf("not shipped in %v", patience)
}

// others tells whether segments of other processes are left.
func others(journal, own string) (found bool) {
	_ = filepath.WalkDir(journal, func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".seg") && !strings.Contains(filepath.Dir(path), own) {
			found = true
			return filepath.SkipAll
		}
		return nil
	})
	return found
}
