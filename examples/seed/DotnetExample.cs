using DistributedLogging;

// Configure logger
var config = new DistributedLoggerConfig
{
    Endpoint = "http://localhost:5000/api/logs",
    ServiceName = "my-application",
    ComponentName = "background-worker"
};

using var logger = new DistributedLogger(config);

// Log with strongly-typed metadata
var metadata = new Dictionary<string, object>
{
    ["job_id"] = "job_12345",
    ["duration_seconds"] = 127
};

logger.Info("Background job completed", metadata);
