/* A C program uses the library: opens, logs, reads statistics, closes; a stale handle and nonsense are answered, not crashed on. */
#include "dlogs.h"
#include <stdio.h>
#include <string.h>

#define CHECK(what) if (!(what)) { printf("failed: %s (line %d)\n", #what, __LINE__); return 1; }

static int contains(const char *text, size_t length, const char *word) {
  size_t words = strlen(word);
  for (size_t at = 0; at + words <= length; at++)
    if (memcmp(text + at, word, words) == 0) return 1;
  return 0;
}

int main(int argc, char **argv) {
  char config[1024], text[4096];
  uint64_t logger = 0, waiting = 0, report[3] = {9, 9, 9};
  size_t length = 0;
  CHECK(argc == 2);
  CHECK(dlogs_abi_version() >> 16 == 1);

  const char *bad = "{\"batch_size\": 0}";
  CHECK(dlogs_open((const uint8_t *)bad, strlen(bad), &logger, (uint8_t *)text, sizeof text, &length) == DLOGS_CONFIG);
  CHECK(length > 0 && contains(text, length, "batch_size"));

  int n = snprintf(config, sizeof config,
                   "{\"endpoint\": \"http://127.0.0.1:1/api/logs\", \"service_name\": \"c\", \"journal_dir\": \"%s\","
                   " \"sdk\": {\"language\": \"c\", \"version\": \"0\", \"runtime\": \"\"}}", argv[1]);
  CHECK(dlogs_open((const uint8_t *)config, (size_t)n, &logger, (uint8_t *)text, sizeof text, &length) == DLOGS_OK);

  /* level INFO, kind log, one field, time 0 (the core stamps it), message "hi", field "n" = 7 */
  const uint8_t body[] = {2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 'h', 'i',
                          1, 0, 0, 0, 'n', 3, 7, 0, 0, 0, 0, 0, 0, 0};
  CHECK(dlogs_append(logger, body, sizeof body) == DLOGS_OK);
  CHECK(dlogs_append(logger, body, 5) == 10 + 2);          /* refused: malformed */
  CHECK(dlogs_append(logger, NULL, 5) == DLOGS_BAD_ARGUMENT);
  CHECK(dlogs_append(logger + 1, body, sizeof body) == DLOGS_BAD_HANDLE);
  CHECK(dlogs_append(0, body, sizeof body) == DLOGS_BAD_HANDLE);
  CHECK(dlogs_set_level(logger, 9) == DLOGS_BAD_ARGUMENT);

  CHECK(dlogs_stats(logger, (uint8_t *)text, 4, &length) == DLOGS_TOO_SMALL && length > 4);
  CHECK(dlogs_stats(logger, (uint8_t *)text, sizeof text, &length) == DLOGS_OK);
  CHECK(contains(text, length, "\"accepted\":1"));

  CHECK(dlogs_flush(logger, 1, &waiting) == DLOGS_OK && waiting == 1);
  CHECK(dlogs_close(logger, 1, report) == DLOGS_OK && report[0] == 0 && report[1] == 1 && report[2] == 0);
  CHECK(dlogs_append(logger, body, sizeof body) == 10 + 3); /* refused: closed */
  CHECK(dlogs_release(logger) == DLOGS_OK);
  CHECK(dlogs_release(logger) == DLOGS_BAD_HANDLE);
  CHECK(dlogs_append(logger, body, sizeof body) == DLOGS_BAD_HANDLE);
#ifdef DLOGS_TEST_PANIC
  CHECK(dlogs_test_panic() == DLOGS_PANIC);
#endif
  puts("ok");
  return 0;
}
