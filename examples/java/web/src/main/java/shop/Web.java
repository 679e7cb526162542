// A web service with Spring Boot: every line that a request logs carries its id and path.
package shop;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Web {
  private static final Logger log = LoggerFactory.getLogger(Web.class);

  public static void main(String[] arguments) {
    SpringApplication.run(Web.class, arguments);
  }

  @GetMapping("/orders/{order}")
  public Map<String, Integer> order(@PathVariable int order) {
    log.atInfo().addKeyValue("order", order).log("Reading the order");
    return Map.of("order", order);
  }
}
