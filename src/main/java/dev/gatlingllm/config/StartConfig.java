package dev.gatlingllm.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * When the load begins, in {@code llm.load}.
 *
 * @param at the instant, by the time server if there is one; absent for as soon as it can
 * @param timeServer whose clock all machines ask, not resolved; absent for none
 * @param barrier the folder in which all shares wait for one another; absent for none
 * @param barrierTimeout how long they wait there
 */
public record StartConfig(
    Optional<Instant> at,
    Optional<InetSocketAddress> timeServer,
    Optional<Path> barrier,
    Duration barrierTimeout) {

  /** The key of the instant. */
  public static final String AT = "llm.load.startAt";

  /** The key of the time server. */
  public static final String TIME_SERVER = "llm.load.timeServer";

  /** The key of the folder. */
  public static final String BARRIER = "llm.load.barrier";

  private static final String TIMEOUT = "llm.load.barrierTimeout";
  private static final int NTP_PORT = 123;

  static StartConfig read(ConfigReader reader, LoadConfig load) {
    StartConfig start =
        new StartConfig(
            instant(reader), timeServer(reader), folder(reader), reader.positiveDuration(TIMEOUT));
    if (start.barrier.isPresent() && load.share().isEmpty()) {
      throw new ConfigurationException(
          BARRIER + " needs " + LoadConfig.SHARE + ", which says who is waited for: set it to i/N");
    }
    return start;
  }

  private static Optional<Instant> instant(ConfigReader reader) {
    if (!reader.isSet(AT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(reader.text(AT).strip()));
    } catch (DateTimeParseException ignored) {
      throw ConfigurationException.of(
          AT, reader.raw(AT), "an instant of UTC such as 2026-01-31T12:00:00Z");
    }
  }

  private static Optional<InetSocketAddress> timeServer(ConfigReader reader) {
    if (!reader.isSet(TIME_SERVER)) {
      return Optional.empty();
    }
    String text = reader.text(TIME_SERVER).strip();
    try {
      URI server = new URI(text.startsWith("ntp://") ? text : "ntp://" + text);
      int port = server.getPort() < 0 ? NTP_PORT : server.getPort();
      if (server.getHost() != null
          && server.getUserInfo() == null
          && (server.getPath().isEmpty() || server.getPath().equals("/"))
          && port > 0
          && port < 1 << 16) {
        return Optional.of(InetSocketAddress.createUnresolved(server.getHost(), port));
      }
    } catch (URISyntaxException ignored) {
      // refused below
    }
    throw ConfigurationException.of(
        TIME_SERVER, reader.raw(TIME_SERVER), "a host of an NTP server, such as 10.0.0.7:1123");
  }

  private static Optional<Path> folder(ConfigReader reader) {
    try {
      return reader.isSet(BARRIER)
          ? Optional.of(Path.of(reader.text(BARRIER).strip()))
          : Optional.empty();
    } catch (InvalidPathException ignored) {
      throw ConfigurationException.of(BARRIER, reader.raw(BARRIER), "a path");
    }
  }

  /** Whether the load begins at an instant that other machines know, too. */
  public boolean isAgreed() {
    return at.isPresent() || barrier.isPresent();
  }
}
