from python_lib.logger import DistributedLogger
from python_lib.config import LogConfig

# Configure the logger
config = LogConfig(
    endpoint="http://localhost:5000/api/logs",
    service_name="my-application",
    component_name="user-service"
)

# Create and start logger
logger = DistributedLogger(config)
logger.start()

# Log events naturally
logger.info("User logged in successfully", {
    "user_id": 12345,
    "login_method": "oauth",
    "ip_address": "192.168.1.100"
})

logger.error("Database connection failed", {
    "database": "users-db",
    "error_code": "CONN_TIMEOUT"
})

# Custom events for business metrics
logger.custom("payment_completed", {
    "amount": 99.99,
    "currency": "USD",
    "transaction_id": "txn_abc123"
})
