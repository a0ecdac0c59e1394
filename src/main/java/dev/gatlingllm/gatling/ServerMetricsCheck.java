package dev.gatlingllm.gatling;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.ServerMetricsConfig;
import dev.gatlingllm.record.ServerScrape.Sample;
import dev.gatlingllm.run.Run;
import dev.gatlingllm.scrape.KnownMetric;
import dev.gatlingllm.scrape.MetricsClient;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the service's metrics once, before anything else is sent. */
final class ServerMetricsCheck {

  private ServerMetricsCheck() {}

  /**
   * The addresses that are read during a run; each has answered with Prometheus text, or {@code
   * llm.serverMetrics.required} is false.
   *
   * @param target where the calls go; empty if that is no single place
   * @throws ConfigurationException naming the address that does not
   */
  static List<URI> addresses(LlmConfig config, Optional<URI> target, PrintStream console) {
    ServerMetricsConfig settings = config.serverMetrics();
    if (!settings.isOn()) {
      return List.of();
    }
    List<URI> addresses = settings.addresses(target);
    MetricsClient client = Run.metricsClient(config);
    List<CompletableFuture<MetricsClient.Answer>> asked =
        addresses.stream().map(client::read).toList();
    for (int i = 0; i < addresses.size(); i++) {
      URI address = addresses.get(i);
      MetricsClient.Answer answer = asked.get(i).join();
      if (!answer.error().isEmpty() && settings.required()) {
        throw new ConfigurationException(
            ServerMetricsConfig.URL
                + " must be an address that answers with metrics in Prometheus text, was "
                + address
                + ": "
                + answer.error()
                + ". To run without them, set llm.serverMetrics.required = false");
      }
      warning(settings, address, answer).ifPresent(text -> console.println("[llm] " + text));
    }
    return addresses;
  }

  private static Optional<String> warning(
      ServerMetricsConfig settings, URI address, MetricsClient.Answer answer) {
    if (!answer.error().isEmpty()) {
      return Optional.of(
          "no server metrics from " + address + " yet: " + answer.error() + "; it is asked again");
    }
    List<Sample> samples = answer.text().samples();
    boolean known =
        samples.stream()
            .anyMatch(
                sample ->
                    KnownMetric.knows(sample.name())
                        || settings.metrics().stream().anyMatch(one -> one.selects(sample)));
    return known
        ? Optional.empty()
        : Optional.of(
            address
                + " has none of the metrics of vLLM, SGLang, llama.cpp or TGI yet; others are named"
                + " by "
                + ServerMetricsConfig.METRICS);
  }
}
