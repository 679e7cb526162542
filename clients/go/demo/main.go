// Command demo logs like a small shop, for the page and ./demo.sh.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

// Records are sent in bursts, as requests come.
const (
	burst    = 50
	pause    = 50 * time.Millisecond
	patience = 60 * time.Second
)

var (
	paths      = []string{"/api/users", "/api/orders", "/api/cart", "/checkout", "/search", "/health"}
	methods    = []string{"GET", "GET", "GET", "POST", "PUT", "DELETE"}
	currencies = []string{"USD", "EUR", "GBP", "JPY"}

	errDeclined = errors.New("the bank said no")
)

func main() {
	endpoint := flag.String("endpoint", "", "where to send (default: as every logger)")
	records := flag.Int("records", 0, "log so many, flush, close (default: until Ctrl-C)")
	prefix := flag.String("prefix", "go", "what every demo_id begins with")
	check := flag.Int("check", 0, "as --records, with the demo_id as message; says what was accepted")
	flag.Parse()
	if err := run(*endpoint, *prefix, max(*records, *check), *check > 0); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(endpoint, prefix string, count int, named bool) error {
	service := "demo-shop"
	if named {
		service = "demo-check"
	}
	logger, err := dlogs.New(dlogs.Config{
		Endpoint: endpoint, ServiceName: service, ComponentName: "go", BatchInterval: 200 * time.Millisecond,
	})
	if err != nil {
		return err
	}
	defer logger.Close(context.Background())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	accepted := logAll(ctx, logger, prefix, count, named)
	if ctx.Err() != nil {
		logger.Info("Demo stopped", dlogs.String("demo_id", prefix))
		return nil
	}
	flushing, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if waiting := logger.Flush(flushing); waiting > 0 {
		return fmt.Errorf("the server did not acknowledge everything within %v; %d records wait in the journal", patience, waiting)
	}
	if named {
		fmt.Println("accepted", accepted)
	}
	return nil
}

// logAll logs so many records (0: until the context ends) in bursts, and says how many were accepted.
func logAll(ctx context.Context, logger *dlogs.Logger, prefix string, count int, named bool) (accepted int) {
	size := burst
	if count == 0 {
		// A page that somebody watches shows one record after the other.
		size = 1
	}
	for number := 1; count == 0 || number <= count; number++ {
		id := fmt.Sprintf("%s-%d", prefix, number)
		message := ""
		if named {
			message = id
		}
		if logOne(logger, message, id) {
			accepted++
		}
		if number%size == 0 {
			select {
			case <-ctx.Done():
				return accepted
			case <-time.After(pause):
			}
		}
	}
	return accepted
}

// logOne logs one record of the kinds and in the proportions of a service under load; a message replaces its text.
func logOne(logger *dlogs.Logger, message, id string) bool {
	text := func(usual string) string {
		if message != "" {
			return message
		}
		return usual
	}
	demoID, user := dlogs.String("demo_id", id), dlogs.Int("user_id", 1+rand.IntN(9999))
	switch draw := rand.Float64(); {
	case draw < 0.80:
		return logger.Info(text("Request processed"), demoID, user, dlogs.String("path", pick(paths)),
			dlogs.String("method", pick(methods)), dlogs.Float64("response_time_ms", math.Exp(3+0.8*rand.NormFloat64())))
	case draw < 0.90:
		return logger.Warning(text("Rate limit approaching"), demoID, user,
			dlogs.Int("current_rate", 900+rand.IntN(101)), dlogs.Int("limit", 1000))
	case draw < 0.97:
		return logger.Custom(text("payment_completed"), demoID, user,
			dlogs.Float64("amount", math.Round(rand.Float64()*50000)/100), dlogs.String("currency", pick(currencies)))
	default:
		return logger.Error(text("Payment failed"), demoID, user, dlogs.Error(fmt.Errorf("charging: %w", errDeclined)))
	}
}

func pick(from []string) string { return from[rand.IntN(len(from))] }
