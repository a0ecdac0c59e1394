package dev.gatlingllm.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports that the system gives to outgoing connections. */
public final class LocalPorts {

  private static final Path LINUX = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\s+(\\d{1,9})");

  private LocalPorts() {}

  /** How many connections to one address they allow; absent where the system does not say. */
  public static OptionalLong available() {
    try {
      return Files.isReadable(LINUX) ? count(Files.readString(LINUX)) : OptionalLong.empty();
    } catch (IOException ignored) {
      // Only a check in advance: opening the connections will show it.
      return OptionalLong.empty();
    }
  }

  /** The size of a range such as {@code 32768 60999}. */
  static OptionalLong count(String range) {
    Matcher ends = RANGE.matcher(range.strip());
    return ends.matches()
        ? OptionalLong.of(Long.parseLong(ends.group(2)) - Long.parseLong(ends.group(1)) + 1)
        : OptionalLong.empty();
  }
}
