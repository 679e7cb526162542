// A web service with net/http: every line that a request logs carries its id and path. `go run web.go`, then /orders/7.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	dlogs "github.com/distributedlogs/distributedlogs/clients/go"
)

// withRequest puts the request's fields into its context, and so into everything that is logged for it.
func withRequest(logger *dlogs.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := cmp.Or(r.Header.Get("X-Request-Id"), rand.Text())
		ctx := dlogs.ContextWith(r.Context(), dlogs.String("request_id", id), dlogs.String("path", r.URL.Path))
		next.ServeHTTP(w, r.WithContext(ctx))
		logger.For(ctx).Info("Request done")
	})
}

func main() {
	logger, err := dlogs.New(dlogs.Config{ServiceName: "shop", ComponentName: "web"})
	if err != nil {
		log.Fatal(err)
	}
	defer logger.Close(context.Background())

	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders/{order}", func(w http.ResponseWriter, r *http.Request) {
		logger.For(r.Context()).Info("Reading the order", dlogs.String("order", r.PathValue("order")))
		fmt.Fprintf(w, `{"order": %q}`, r.PathValue("order"))
	})

	server := &http.Server{Addr: "127.0.0.1:" + cmp.Or(os.Getenv("PORT"), "8080"), Handler: withRequest(logger, mux)}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() { <-ctx.Done(); server.Shutdown(context.Background()) }()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		logger.Critical("The server cannot listen", dlogs.Error(err))
	}
}
