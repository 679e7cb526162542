// A graceful shutdown: SIGTERM ends the work, then the logger is closed, within a limit.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

func main() {
	logger, err := dlogs.New(dlogs.Config{ServiceName: "worker"})
	if err != nil {
		log.Fatal(err)
	}
	stopping, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	logger.Info("Worker started")
	work := time.NewTicker(200 * time.Millisecond)
	for stopping.Err() == nil {
		select {
		case <-work.C:
			logger.Info("Working")
		case <-stopping.Done():
			logger.Info("Worker stops")
		}
	}

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	report := logger.Close(ctx)
	fmt.Printf("sent %d, left %d for the next start, lost %d\n", report.Sent, report.Waiting, report.Lost)
}
