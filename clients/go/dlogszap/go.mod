module github.com/distributedlogs/distributedlogs/clients/go/dlogszap

go 1.26

require (
	github.com/distributedlogs/distributedlogs/clients/go v0.1.0
	go.uber.org/zap v1.28.0
)

require go.uber.org/multierr v1.10.0 // indirect

replace github.com/distributedlogs/distributedlogs/clients/go => ../
