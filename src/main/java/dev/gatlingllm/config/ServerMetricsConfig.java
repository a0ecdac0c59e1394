package dev.gatlingllm.config;

import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.scrape.MetricSelector;
import dev.gatlingllm.secret.SecretNames;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * {@code llm.serverMetrics}: what is read of the service while a run goes on.
 *
 * @param urls addresses, or {@code target} for that of the calls; none if nothing is read
 * @param plainHttp whether an address of another machine may do without TLS
 * @param headers that go with each request, and may be secrets
 * @param interval between the end of a reading and the next
 * @param required whether an address that does not answer before the load ends the run
 * @param metrics those to keep beside the known ones
 */
public record ServerMetricsConfig(
    List<String> urls,
    ServiceAddress.PlainHttp plainHttp,
    SortedMap<String, String> headers,
    Duration interval,
    boolean required,
    List<MetricSelector> metrics) {

  /** The setting of the addresses. */
  public static final String URL = "llm.serverMetrics.url";

  static final String HEADERS = "llm.serverMetrics.headers";

  /** The setting of further metrics. */
  public static final String METRICS = MetricSelector.SETTING;

  /** Stands for the address of the calls. */
  public static final String TARGET = "target";

  private static final String ACCEPTED =
      "an address such as http://localhost:8000/metrics without user, query or fragment, several"
          + " of them between commas, or target";

  static ServerMetricsConfig read(ConfigReader reader) {
    List<String> urls = urls(reader.texts(URL));
    SortedMap<String, String> headers = reader.headers(HEADERS);
    boolean secret = headers.keySet().stream().anyMatch(SecretNames::looksSecret);
    String plain = "llm.serverMetrics.plainHttp";
    boolean allowed = reader.choice(plain, List.of("auto", "allow")).equals("allow");
    ServiceAddress.PlainHttp plainHttp = new ServiceAddress.PlainHttp(plain, !secret || allowed);
    urls.stream().filter(url -> !url.equals(TARGET)).forEach(url -> checked(url, plainHttp));
    return new ServerMetricsConfig(
        urls,
        plainHttp,
        headers,
        reader.duration(
            "llm.serverMetrics.interval",
            Duration.ofMillis(100),
            Duration.ofHours(1),
            "a duration from 100 ms to 1 h, such as 2 s"),
        reader.flag("llm.serverMetrics.required"),
        metrics(reader));
  }

  private static List<String> urls(List<String> texts) {
    return texts.stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(url -> !url.isEmpty())
        .map(url -> url.equals(TARGET) ? url : whole(url))
        .distinct()
        .toList();
  }

  private static URI checked(String url, ServiceAddress.PlainHttp plainHttp) {
    return ConfigurationException.in(
        "", () -> ServiceAddress.check(URL, URI.create(url), plainHttp));
  }

  /** An address that names no path is that of the server. */
  private static String whole(String url) {
    try {
      URI address = ConfigReader.address(URL, url).orElseThrow();
      String path = address.getPath();
      return path == null || path.isEmpty() || path.equals("/")
          ? url.replaceFirst("/+$", "") + "/metrics"
          : url;
    } catch (ConfigurationException e) {
      // the value is not shown, since it may hold a key
      throw new ConfigurationException(URL + " must be " + ACCEPTED);
    }
  }

  private static List<MetricSelector> metrics(ConfigReader reader) {
    try {
      return MetricSelector.all(String.join(",", reader.texts(METRICS)));
    } catch (IllegalArgumentException e) {
      throw ConfigurationException.of(METRICS, reader.raw(METRICS), MetricSelector.ACCEPTED);
    }
  }

  /** Whether anything is read. */
  public boolean isOn() {
    return !urls.isEmpty();
  }

  /**
   * What is read.
   *
   * @param target where the calls go; empty if that is no single place
   * @throws ConfigurationException if {@code target} is asked for, and there is none, or a secret
   *     header would go to it in plain text
   */
  public List<URI> addresses(Optional<URI> target) {
    return urls.stream()
        .map(url -> url.equals(TARGET) ? ofTarget(target) : url)
        .map(url -> checked(url, plainHttp))
        .distinct()
        .toList();
  }

  private static String ofTarget(Optional<URI> target) {
    return target
        .map(address -> URI.create(address.getScheme() + "://" + address.getRawAuthority()))
        .map(server -> server.resolve("/metrics").toString())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    URL
                        + " = target needs calls that go to one address; name the addresses of the"
                        + " metrics instead"));
  }

  /** Shows no header: one may hold a secret. */
  @Override
  public String toString() {
    return "ServerMetricsConfig" + urls + headers.keySet();
  }
}
