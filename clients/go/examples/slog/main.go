// Command slog makes the standard library's log/slog deliver through DistributedLogs.
package main

import (
	"context"
	"errors"
	"log"
	"log/slog"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

func main() {
	logger, err := dlogs.New(dlogs.Config{ServiceName: "my-application", ComponentName: "slog"})
	if err != nil {
		log.Fatal(err)
	}
	defer logger.Close(context.Background())
	slog.SetDefault(slog.New(dlogs.NewSlogHandler(logger, &dlogs.SlogOptions{AddSource: true})))

	ctx := dlogs.ContextWith(context.Background(), dlogs.String("request_id", "r-7f3a"))
	slog.InfoContext(ctx, "Request processed", "path", "/api/users", slog.Group("response", "status", 200, "bytes", 1532))
	slog.ErrorContext(ctx, "Database connection failed", "error", errors.New("connection refused"))
}
