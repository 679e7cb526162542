package distributedlogs_test

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

// How a process may end; each logs ten records before. The test runs itself again with the name of one.
var ends = map[string]func(logger *dlogs.Logger){
	"close":   func(logger *dlogs.Logger) { logger.Close(context.Background()) },
	"return":  func(*dlogs.Logger) {},
	"os.Exit": func(*dlogs.Logger) { os.Exit(7) },
	"panic":   func(*dlogs.Logger) { panic("on purpose") },
	"SIGKILL": func(*dlogs.Logger) { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL) },
	"SIGTERM": func(*dlogs.Logger) { _ = syscall.Kill(os.Getpid(), syscall.SIGTERM); select {} },
	"deferred": func(logger *dlogs.Logger) {
		defer func() { _ = recover() }()
		defer logger.Close(context.Background())
		panic("on purpose")
	},
}

const endVariable = "DLOGS_TEST_END"

func TestMain(m *testing.M) {
	if name := os.Getenv(endVariable); name != "" {
		logger, err := dlogs.New(dlogs.Config{ServiceName: "ends", Compression: "none", BatchInterval: time.Minute})
		if err != nil {
			panic(err)
		}
		for n := range 10 {
			logger.Info(name+" "+strconv.Itoa(n), dlogs.Int("n", n))
		}
		ends[name](logger)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestNothingIsLostHoweverAProcessEnds(t *testing.T) {
	for name := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sink.Open(t)
			config := options(t, s)
			config.ServiceName = "ends"
			command := exec.Command(os.Args[0])
			command.Env = append(os.Environ(), endVariable+"="+name, "DLOGS_ENDPOINT="+s.Endpoint, "DLOGS_JOURNAL_DIR="+config.JournalDir,
				patientVariable)
			said, _ := command.CombinedOutput()
			if name != "panic" && len(said) > 0 {
				t.Errorf("the process said %s", said)
			}
			if strings.Contains("close deferred", name) {
				same(t, "sent by itself", len(s.Records()), 10)
				return
			}
			open(t, config).Start() // The next process of the service sends what was left.
			s.Wait(t, 10)
			same(t, "stored", len(s.Records()), 10)
		})
	}
}

func TestManyGoroutinesKeepTheirOrder(t *testing.T) {
	logger, s := opened(t)
	const threads, each = 16, 200
	var running sync.WaitGroup
	for thread := range threads {
		running.Go(func() {
			child := logger.Child(dlogs.Int("thread", thread))
			for n := range each {
				for !child.Info("m", dlogs.Int("n", n), dlogs.Any("map", map[string]int{"n": n})) {
					time.Sleep(time.Millisecond)
				}
			}
		})
	}
	running.Wait()
	next := make([]int64, threads)
	for _, record := range s.Wait(t, threads*each) {
		thread, _ := record.Fields["thread"].(int64)
		same(t, "order", record.Fields["n"], next[thread])
		next[thread]++
	}
}
