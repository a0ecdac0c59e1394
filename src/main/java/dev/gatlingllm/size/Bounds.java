package dev.gatlingllm.size;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.text.Figures;

/**
 * The least and the most tokens that are drawn.
 *
 * @param least at least 1
 * @param most at least {@code least}, at most {@value #LARGEST}
 */
public record Bounds(int least, int most) {

  /** More than any model reads: a long tail must not build a prompt that fills the heap. */
  static final int LARGEST = 10_000_000;

  static final Bounds NONE = new Bounds(1, LARGEST);

  /** Rejects bounds in the wrong order or out of range. */
  public Bounds {
    if (least < 1 || most < least || most > LARGEST) {
      throw new InputException(
          Figures.fill(
              "bounds must be MIN to MAX with 1 <= MIN <= MAX <= %d, were %d to %d",
              LARGEST, least, most));
    }
  }

  boolean hold(long tokens) {
    return tokens >= least && tokens <= most;
  }

  /** Such as {@code , 16 to 32,000}; nothing without bounds. */
  String words() {
    return equals(NONE) ? "" : ", " + Figures.count(least) + " to " + Figures.count(most);
  }
}
