package distributedlogs_test

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
	"github.com/distributedlogs/distributedlogs/clients/go/tests/sink"
)

func TestFlushWaitsForTheServer(t *testing.T) {
	s := sink.Open(t)
	config := options(t, s)
	config.BatchInterval = time.Minute
	logger := open(t, config)
	same(t, "nothing to flush", logger.Flush(context.Background()), uint64(0))
	for range 20 {
		logger.Info("m")
	}
	same(t, "waiting", logger.Flush(within(t, 10*time.Second)), uint64(0))
	same(t, "stored", len(s.Records()), 20)
}

func TestFlushEndsWithItsContext(t *testing.T) {
	s := sink.Open(t)
	s.Hang()
	config := options(t, s)
	config.ShutdownTimeout = 50 * time.Millisecond
	logger := open(t, config)
	logger.Info("m")
	cancelled, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	over, cancelOver := context.WithCancel(context.Background())
	cancelOver()
	for name, ctx := range map[string]context.Context{
		"deadline": within(t, 30*time.Millisecond), "cancelled": cancelled, "over": over,
		"neither": context.Background(), "nil": nil,
	} {
		began := time.Now()
		same(t, name, logger.Flush(ctx), uint64(1))
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s: flush took %v", name, took)
		}
	}
}

func TestCloseSendsTheRestAndMayBeCalledAgain(t *testing.T) {
	s := sink.Open(t)
	config := options(t, s)
	config.BatchInterval = time.Minute
	logger := open(t, config)
	child := logger.Child(dlogs.Int("n", 1))
	for range 20 {
		child.Info("m")
	}
	want := dlogs.CloseReport{Sent: 20}
	same(t, "first", logger.Close(context.Background()), want)
	same(t, "second", child.Close(within(t, time.Second)), want)
	same(t, "stored", len(s.Records()), 20)
	if logger.Info("too late") || child.Error("too late") {
		t.Error("a closed logger accepts records")
	}
	logger.Start()
	same(t, "refused", logger.Stats().Refused[dlogs.RefusedClosed], uint64(2))
	same(t, "state", logger.State(), dlogs.StateStopped)
	same(t, "flush", logger.Flush(context.Background()), uint64(0))
}

func TestCloseOfAnUnusedLogger(t *testing.T) {
	logger, s := opened(t)
	//lint:ignore SA1012 A nil context must do no harm.
	same(t, "report", logger.Close(nil), dlogs.CloseReport{})
	same(t, "requests", s.Requests(), 0)
}

func TestCloseWhileTheServerHangs(t *testing.T) {
	s := sink.Open(t)
	s.Hang()
	config := options(t, s)
	config.ShutdownTimeout = 200 * time.Millisecond
	logger := open(t, config)
	for range 3 {
		logger.Info("m")
	}
	sink.Until(t, "a request hangs", func() bool { return s.Requests() > 0 })
	began := time.Now()
	same(t, "report", logger.Close(context.Background()), dlogs.CloseReport{Waiting: 3})
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("close took %v", took)
	}
}

func TestCloseFromManyGoroutinesWhileOthersLog(t *testing.T) {
	logger, s := opened(t)
	var accepted, calls = make(chan int, 8), 0
	var running sync.WaitGroup
	for range 8 {
		running.Go(func() {
			count := 0
			for logger.Info("m", dlogs.Int("n", count)) {
				count++
			}
			accepted <- count
		})
	}
	s.Wait(t, 100)
	for range 4 {
		running.Go(func() { logger.Close(within(t, time.Minute)) })
	}
	running.Wait()
	close(accepted)
	for count := range accepted {
		calls += count
	}
	same(t, "stored", len(s.Records()), calls)
}

func TestNoGoroutineIsLeft(t *testing.T) {
	before := ours()
	s := sink.Open(t)
	logger := open(t, options(t, s))
	ctx, cancel := context.WithCancel(context.Background())
	listened := logger.Events(ctx)
	abandoned := logger.Events(context.Background()) // Nobody reads it.
	logger.Info("m")
	<-listened
	cancel()
	for range listened {
	}
	logger.Flush(within(t, 10*time.Second))
	logger.Close(within(t, 10*time.Second))
	sink.Until(t, "no goroutine of ours", func() bool { return ours() <= before })
	for range abandoned {
	}
}

// ours counts the goroutines that are in this library.
func ours() (count int) {
	stacks := make([]byte, 1<<20)
	for stack := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(stack, "clients/go.") {
			count++
		}
	}
	return count
}

func TestALoggerThatNobodyHasIsClosed(t *testing.T) {
	s := sink.Open(t)
	func() {
		logger, err := dlogs.New(options(t, s))
		if err != nil {
			t.Fatal(err)
		}
		logger.Info("last words")
	}()
	sink.Until(t, "collected and sent", func() bool {
		runtime.GC()
		return len(s.Records()) == 1
	})
}
