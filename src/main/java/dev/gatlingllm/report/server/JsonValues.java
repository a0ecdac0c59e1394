package dev.gatlingllm.report.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Takes times and numbers out of JSON, or says where what is wrong.
 *
 * @param file the file's name, for messages
 * @param time reads the times
 */
record JsonValues(String file, MetricTime time) {

  Instant instant(String path, JsonNode value) {
    // A fraction of a second must not become an exponent.
    String text = value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    return time.read(text).orElseThrow(() -> wrong(path, MetricTime.ACCEPTED, value));
  }

  double number(String path, JsonNode value) {
    if (!value.isNumber()) {
      throw wrong(path, "a number", value);
    }
    return value.asDouble();
  }

  private MetricsFileException wrong(String path, String accepted, JsonNode value) {
    return MetricsFileException.of(
        file, path, accepted, value.isMissingNode() ? "absent" : value.asText(value.toString()));
  }
}
