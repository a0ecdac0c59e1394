package dev.gatlingllm.provider;

import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the clients of all services have in common.
 *
 * @param connectTimeout how long a connection may take to be established
 * @param maxConnections most connections at once, so most calls at once
 * @param userAgent how the client names itself to the service
 * @param clock stamps the events
 * @param network how connections are made and kept
 * @param limits how long an answer may be
 */
public record ClientSettings(
    Duration connectTimeout,
    int maxConnections,
    String userAgent,
    NanoClock clock,
    NetworkSettings network,
    AnswerLimits limits) {

  /** The name where no other is given. */
  public static final String USER_AGENT = "gatling-llm";

  private static final Duration LONGEST_CONNECT = Duration.ofMillis(Integer.MAX_VALUE);

  /** What every SDK can carry: Azure's takes no more than 24 characters. */
  private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9._-]{1,24}");

  /**
   * Checks every component.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is accepted
   */
  public ClientSettings {
    if (connectTimeout.toMillis() < 1 || connectTimeout.compareTo(LONGEST_CONNECT) > 0) {
      throw new IllegalArgumentException(
          "llm.timeout.connect must be from 1 ms to "
              + LONGEST_CONNECT.toMillis()
              + " ms, was "
              + connectTimeout);
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("llm.maxConnections must be >= 1, was " + maxConnections);
    }
    if (!AGENT.matcher(userAgent).matches()) {
      throw new IllegalArgumentException(
          "llm.userAgent must be 1 to 24 letters, digits, dots, dashes and underscores, was \""
              + userAgent
              + '"');
    }
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(limits, "limits");
  }

  /** Settings with the defaults of the network and of the limits. */
  public ClientSettings(
      Duration connectTimeout, int maxConnections, String userAgent, NanoClock clock) {
    this(
        connectTimeout,
        maxConnections,
        userAgent,
        clock,
        NetworkSettings.DEFAULT,
        AnswerLimits.DEFAULT);
  }

  /** The same settings with another network. */
  public ClientSettings with(NetworkSettings other) {
    return new ClientSettings(connectTimeout, maxConnections, userAgent, clock, other, limits);
  }

  /** Settings with the default name. */
  public static ClientSettings of(Duration connectTimeout, int maxConnections, NanoClock clock) {
    return new ClientSettings(connectTimeout, maxConnections, USER_AGENT, clock);
  }
}
