module github.com/distributedlogs/distributedlogs/clients/go

go 1.26
