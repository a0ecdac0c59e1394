package dev.gatlingllm.simulator.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;

/** JSON as text. */
final class Json {

  private Json() {}

  /** JSON with these parts, which need no escaping. The same in every locale. */
  static String of(String format, Object... parts) {
    return String.format(Locale.ROOT, format, parts);
  }

  /** A text as it stands in JSON. */
  static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
