// A batch job: bad rows are logged and left out, the sum is an event, and the job ends when the server has everything.
package main

import (
	"context"
	"fmt"
	"log"
	"strconv"
	"time"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

var rows = []string{"19.99", "5.00", "n/a", "12.50"}

func main() {
	logger, err := dlogs.New(dlogs.Config{ServiceName: "billing", ComponentName: "nightly"})
	if err != nil {
		log.Fatal(err)
	}
	job := logger.Child(dlogs.String("job_id", "2026-01-31"))
	job.Info("Job started", dlogs.Int("rows", len(rows)))

	total := 0.0
	for number, row := range rows {
		amount, err := strconv.ParseFloat(row, 64)
		if err != nil {
			job.Error("Row left out", dlogs.Int("row", number), dlogs.Error(err))
			continue
		}
		total += amount
	}
	job.Custom("job_finished", dlogs.Int("rows", len(rows)), dlogs.Float64("total", total))

	// A job that nobody watches should not end before its records are safe elsewhere; they are safe here in any case.
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if report := logger.Close(ctx); report.Waiting > 0 {
		fmt.Println(report.Waiting, "records wait for a server; the next run sends them")
	}
}
