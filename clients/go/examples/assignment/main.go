// Command assignment shows the same unified API as the other languages' examples of the origin document.
package main

import (
	"context"
	"log"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

func main() {
	// Configure the logger
	config := dlogs.Config{
		Endpoint:      "http://localhost:5000/api/logs",
		ServiceName:   "my-application",
		ComponentName: "inventory-service",
	}

	// Create and start logger
	logger, err := dlogs.New(config)
	if err != nil {
		log.Fatal(err)
	}
	defer logger.Close(context.Background())
	logger.Start()

	// Log events with metadata
	logger.Info("Stock updated", dlogs.Map(dlogs.Fields{
		"sku":      "A-1001",
		"quantity": 42,
	}))
	logger.Warning("Stock is low", dlogs.Map(dlogs.Fields{
		"sku":  "A-1002",
		"left": 3,
	}))

	// The same with typed fields, which allocate nothing
	logger.Error("Warehouse cannot be reached", dlogs.String("warehouse", "north"), dlogs.Int("attempt", 3))

	// Custom events for business metrics
	logger.Custom("order_shipped", dlogs.Map(dlogs.Fields{
		"weight_kg": 1.25,
		"order_id":  "ord_abc123",
	}))
}
