package shop;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts the request's fields into the MDC, and so into everything that is logged for it. */
@Component
class RequestContext extends OncePerRequestFilter {
  private static final Logger log = LoggerFactory.getLogger(RequestContext.class);

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var given = Optional.ofNullable(request.getHeader("X-Request-Id"));
    try (var id = MDC.putCloseable("request_id", given.orElse(UUID.randomUUID().toString()));
        var path = MDC.putCloseable("path", request.getRequestURI())) {
      chain.doFilter(request, response);
      log.atInfo().addKeyValue("status", response.getStatus()).log("Request done");
    }
  }
}
