// Package distributedlogs sends structured logs: a call never blocks and never fails, and what it took survives kill -9.
//
// It checks the level, encodes the record once and hands it to the Rust core, which keeps it in a journal on disk before
// the call returns. Batching, compression, retry and delivery happen there; this package holds none of them.
//
//	logger, err := distributedlogs.New(distributedlogs.Config{ServiceName: "my-application"})
//	if err != nil {
//		log.Fatal(err) // A wrong option: the error says which, and how to mend it.
//	}
//	defer logger.Close(context.Background())
//	logger.Info("User logged in", distributedlogs.Int("user_id", 12345))
package distributedlogs
