package dev.gatlingllm.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code llm.live}: where the token report is served while the run goes on.
 *
 * @param address resolved; empty for nowhere; port 0 for a free one
 */
public record LiveConfig(Optional<InetSocketAddress> address) {

  public static final String KEY = "llm.live";

  private static final String ADDRESSES = "llm.liveAddresses";
  private static final String ACCEPTED =
      "off, a port from 0 to 65535 (0 for a free one), or address:port such as 127.0.0.1:8089";
  private static final Pattern PLACE = Pattern.compile("(?:(.+):)?(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  static LiveConfig read(ConfigReader reader) {
    boolean everywhere = reader.choice(ADDRESSES, List.of("loopback", "all")).equals("all");
    String text = reader.text(KEY).strip();
    if (text.equals("off")) {
      return new LiveConfig(Optional.empty());
    }
    InetSocketAddress address = address(text);
    if (!everywhere && !address.getAddress().isLoopbackAddress()) {
      throw new ConfigurationException(
          KEY
              + " = "
              + text
              + " would show the report to other machines: use a port alone, or "
              + ADDRESSES
              + " = all if they may see it");
    }
    return new LiveConfig(Optional.of(address));
  }

  private static InetSocketAddress address(String text) {
    Matcher place = PLACE.matcher(text);
    if (!place.matches() || Integer.parseInt(place.group(2)) > LAST_PORT) {
      throw ConfigurationException.of(KEY, ConfigReader.quoted(text), ACCEPTED);
    }
    int port = Integer.parseInt(place.group(2));
    try {
      return place.group(1) == null
          ? new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)
          : new InetSocketAddress(InetAddress.getByName(place.group(1)), port);
    } catch (UnknownHostException e) {
      throw ConfigurationException.of(
          KEY, ConfigReader.quoted(text) + ", whose host is not known", ACCEPTED);
    }
  }
}
