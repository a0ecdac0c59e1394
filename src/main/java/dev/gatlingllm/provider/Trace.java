package dev.gatlingllm.provider;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * The trace that a call belongs to, as the header {@code traceparent} of W3C's Trace Context names
 * it: version 00, sampled.
 *
 * @param id 32 hexadecimal digits, not all 0
 * @param random makes the ids of the attempts; any bits
 */
public record Trace(String id, LongSupplier random) {

  /** The header that carries it. */
  public static final String HEADER = "traceparent";

  private static final String VERSION = "00";
  private static final String SAMPLED = "01";

  /** A trace of its own for a call. */
  public static Trace begin() {
    return begin(() -> ThreadLocalRandom.current().nextLong());
  }

  /** As the other method, of these random bits. */
  static Trace begin(LongSupplier random) {
    return new Trace(hex(random) + hex(random), random);
  }

  /** The header's value for one more attempt: the same trace, and a parent id of its own. */
  public String parent() {
    return String.join("-", VERSION, id, hex(random), SAMPLED);
  }

  /** 16 digits, never all 0: the standard takes such an id for none. */
  private static String hex(LongSupplier random) {
    long bits = random.getAsLong();
    while (bits == 0) {
      bits = random.getAsLong();
    }
    String digits = Long.toHexString(bits);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
