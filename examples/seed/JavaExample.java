import com.distributedlogs.DistributedLogger;
import java.util.HashMap;
import java.util.Map;

class JavaExample {
  public static void main(String[] arguments) {
// Create logger
DistributedLogger logger = new DistributedLogger(
"http://localhost:5000/api/logs",
"my-application",
"order-service"
);

// Log with metadata
Map<String, Object> metadata = new HashMap<>();
metadata.put("order_id", 98765);
metadata.put("total_amount", 249.99);

logger.info("Order processed successfully", metadata);

// Error logging
metadata.clear();
metadata.put("error_type", "validation");
logger.error("Invalid order data", metadata);
  }
}
