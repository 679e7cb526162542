// Logs a few records. Start a server first (`dlogs serve`), then watch http://localhost:5000.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

func main() {
	logger, err := dlogs.New(dlogs.Config{ServiceName: "quickstart", ComponentName: "main"})
	if err != nil {
		log.Fatal(err)
	}
	defer logger.Close(context.Background())
	logger.Info("Service started", dlogs.Map(dlogs.Fields{"version": "1.4.2"}))
	logger.Warning("Rate limit approaching", dlogs.Int("current_rate", 950), dlogs.Int("limit", 1000))

	// Fields of every record that is logged with this context, and a logger with fields of its own.
	ctx := dlogs.ContextWith(context.Background(), dlogs.String("request_id", "r-7f3a"))
	logger.For(ctx).Info("Request processed", dlogs.String("path", "/api/users"), dlogs.Int("response_time_ms", 45))
	payments := logger.Child(dlogs.String("component", "payments"))
	payments.Custom("payment_completed", dlogs.Float64("amount", 99.99), dlogs.String("currency", "USD"))
	logger.Error("Could not divide", dlogs.Error(errors.New("division by zero")), dlogs.Int("by", 0))
	fmt.Println(logger.Flush(context.Background()), "records wait for a server, safe in the journal")
}
