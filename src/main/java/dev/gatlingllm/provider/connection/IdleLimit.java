package dev.gatlingllm.provider.connection;

import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The longest time that a connection may be idle and still be used. A server that closes idle
 * connections sooner, and says so, gets its own.
 *
 * @param most of a server that says nothing
 * @param clock measures idleness
 */
public record IdleLimit(Duration most, NanoClock clock) {

  private static final Pattern TIMEOUT =
      Pattern.compile("(?:^|[,;\\s])timeout\\s*=\\s*\"?(\\d{1,9})", Pattern.CASE_INSENSITIVE);

  private static final long ON_THE_WAY = TimeUnit.SECONDS.toNanos(1);

  /**
   * The limit of a connection, in nanoseconds. The server's own time, less a second for what is on
   * the way when it closes, or half of it if it is shorter than two.
   *
   * @param keepAlive the server's header of that name; may be null or empty
   */
  public long nanos(String keepAlive) {
    Matcher said = TIMEOUT.matcher(keepAlive == null ? "" : keepAlive);
    if (!said.find()) {
      return most.toNanos();
    }
    long server = TimeUnit.SECONDS.toNanos(Long.parseLong(said.group(1)));
    return Math.min(most.toNanos(), server - Math.min(ON_THE_WAY, server / 2));
  }
}
