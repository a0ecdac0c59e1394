package dev.gatlingllm.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.secret.SecretSources;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes the exporter that speaks OTLP over HTTP, with protobuf, by the JDK's client. */
final class OtlpExporter {

  static final Duration TIMEOUT = Duration.ofSeconds(4);

  /** The variable that OpenTelemetry's own tools read. */
  static final String VARIABLE = "OTEL_EXPORTER_OTLP_HEADERS";

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

  private OtlpExporter() {}

  /** An exporter that tries once: what one export lacks, the next has. */
  static MetricExporter of(URI address, Map<String, String> headers, Map<String, String> machine) {
    // CollectorExport says what fails, once.
    EXPORTERS.setLevel(Level.OFF);
    OtlpHttpMetricExporterBuilder builder =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(address.toString())
            .setConnectTimeout(TIMEOUT)
            .setTimeout(TIMEOUT)
            .setRetryPolicy(null);
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(ofVariable(machine.getOrDefault(VARIABLE, "")));
    // Whatever their names: backends have keys under names that do not say so.
    all.values().forEach(value -> SecretSources.addNamed("header.secret", value));
    all.putAll(headers);
    all.forEach(builder::addHeader);
    return builder.build();
  }

  /** {@code name=value,name=value}, percent-encoded. */
  static Map<String, String> ofVariable(String text) {
    Map<String, String> headers = new TreeMap<>();
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        headers.put(pair.substring(0, equals).strip(), decoded(pair.substring(equals + 1).strip()));
      }
    }
    return headers;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException ignored) {
      // a percent sign that stands for itself
      return value;
    }
  }
}
