package dev.gatlingllm.record;

import java.util.List;
import java.util.OptionalLong;

/**
 * How long something had to wait, many times over, as a sparse histogram of microseconds that is
 * accurate to 1 % and never understates. Histograms of several samples may be added, their
 * percentiles may not.
 *
 * @param micros value, count, value, count, …, values ascending
 */
public record Delays(List<Long> micros) {

  /** Nothing waited. */
  public static final Delays NONE = new Delays(List.of());

  /** Takes the count of a value. */
  @FunctionalInterface
  public interface Visitor {
    /** Called once for each value, ascending. */
    void visit(long delayMicros, long count);
  }

  /** Copies the list; rejects one that does not hold pairs of ascending values and counts. */
  public Delays {
    micros = List.copyOf(micros);
    if (micros.size() % 2 != 0) {
      throw new IllegalArgumentException(
          "must hold pairs of value and count, had " + micros.size() + " numbers");
    }
    long last = -1;
    for (int i = 0; i < micros.size(); i += 2) {
      if (micros.get(i) <= last || micros.get(i + 1) < 1) {
        throw new IllegalArgumentException(
            "must hold ascending values from 0 with counts from 1, had "
                + micros.get(i)
                + ", "
                + micros.get(i + 1));
      }
      last = micros.get(i);
    }
  }

  /** The longest; absent if nothing waited. */
  public OptionalLong longestMicros() {
    return micros.isEmpty() ? OptionalLong.empty() : OptionalLong.of(micros.get(micros.size() - 2));
  }

  /** Hands over every value with its count. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < micros.size(); i += 2) {
      visitor.visit(micros.get(i), micros.get(i + 1));
    }
  }
}
