package dev.gatlingllm.simulator;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where the server listens and what it says about itself.
 *
 * @param bind the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param tls whether it speaks TLS, with a certificate that it makes for itself
 * @param threads number of event loops, 1 to 64
 * @param apiKey the key that every call must carry; empty to accept all calls
 * @param region the region that answers name
 * @param utilizationPercent what {@code azure-openai-deployment-utilization} says; empty to leave
 *     it out
 * @param recordedCalls how many calls are kept for {@link Simulator#calls()}, the latest; 0 for
 *     none
 */
public record ServerSettings(
    String bind,
    int port,
    boolean tls,
    int threads,
    Optional<String> apiKey,
    String region,
    OptionalDouble utilizationPercent,
    int recordedCalls) {

  /** Checks the ranges. */
  public ServerSettings {
    Objects.requireNonNull(bind, "bind");
    Check.between("port", port, 0, 65_535);
    Check.between("threads", threads, 1, 64);
    Objects.requireNonNull(apiKey, "apiKey");
    Objects.requireNonNull(region, "region");
    utilizationPercent.ifPresent(percent -> Check.between("utilizationPercent", percent, 0, 1_000));
    Check.atLeast("recordedCalls", recordedCalls, 0);
  }

  /** Everything but the key. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "ServerSettings[bind=%s, port=%d, tls=%s, threads=%d, apiKey=%s, region=%s, recordedCalls=%d]",
        bind,
        port,
        tls,
        threads,
        apiKey.isPresent() ? "set" : "not set",
        region,
        recordedCalls);
  }
}
