package dev.gatlingllm.config;

import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.secret.SecretNames;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * {@code llm.otlp} and {@code llm.prometheus}: where the metrics of a run go while it goes on.
 *
 * @param collector where they are sent; empty for nowhere
 * @param headers that go with them; secrets
 * @param interval between two exports
 * @param resource further attributes of the run
 * @param scrape where they can be fetched; empty for nowhere
 */
public record TelemetryConfig(
    Optional<URI> collector,
    SortedMap<String, String> headers,
    Duration interval,
    SortedMap<String, String> resource,
    Optional<Scrape> scrape) {

  /** The key of the collector's address. */
  public static final String ENDPOINT = "llm.otlp.endpoint";

  /** The key of the headers. */
  public static final String HEADERS = "llm.otlp.headers";

  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration MOST_INTERVAL = Duration.ofHours(1);
  private static final String METRICS_PATH = "/v1/metrics";

  /**
   * {@code llm.prometheus}.
   *
   * @param bind the address to listen on
   * @param port 0 for any free one
   * @param lastScrape how long the end of the run waits for one more scrape
   */
  public record Scrape(String bind, int port, Duration lastScrape) {

    /** The key of the address. */
    public static final String BIND = "llm.prometheus.bind";

    /** The key of the port. */
    public static final String PORT = "llm.prometheus.port";

    /** The key of the wait. */
    public static final String LAST_SCRAPE = "llm.prometheus.lastScrape";
  }

  static TelemetryConfig read(ConfigReader reader) {
    SortedMap<String, String> headers = reader.headers(HEADERS);
    return new TelemetryConfig(
        reader
            .address(ENDPOINT)
            .map(address -> checked(address, headers))
            .map(TelemetryConfig::ofMetrics),
        headers,
        reader.duration(
            "llm.otlp.interval", LEAST_INTERVAL, MOST_INTERVAL, "a duration from 1 s to 1 h"),
        reader.entries("llm.otlp.resource"),
        scrape(reader));
  }

  private static Optional<Scrape> scrape(ConfigReader reader) {
    OptionalInt port =
        reader.isSet(Scrape.PORT)
            ? OptionalInt.of((int) reader.integer(Scrape.PORT, 0, 65_535, "a port from 0 to 65535"))
            : OptionalInt.empty();
    Duration lastScrape = reader.duration(Scrape.LAST_SCRAPE);
    return port.isPresent()
        ? Optional.of(new Scrape(reader.text(Scrape.BIND).strip(), port.getAsInt(), lastScrape))
        : Optional.empty();
  }

  /** A secret goes to another machine over TLS only. */
  private static URI checked(URI address, Map<String, String> headers) {
    boolean secret = headers.keySet().stream().anyMatch(SecretNames::looksSecret);
    return ConfigurationException.in(
        "",
        () ->
            secret
                ? ServiceAddress.check(ENDPOINT, address)
                : ServiceAddress.check(
                    ENDPOINT, address, new ServiceAddress.PlainHttp(ENDPOINT, true)));
  }

  /** The address of a collector's receiver, or of its metrics, as OpenTelemetry has both. */
  private static URI ofMetrics(URI address) {
    String base = address.toString().replaceAll("/+$", "");
    return URI.create(base.endsWith(METRICS_PATH) ? base : base + METRICS_PATH);
  }

  /** Whether there are metrics at all. */
  public boolean isOn() {
    return collector.isPresent() || scrape.isPresent();
  }

  /** Shows no header: one may be a secret. */
  @Override
  public String toString() {
    return "TelemetryConfig";
  }
}
