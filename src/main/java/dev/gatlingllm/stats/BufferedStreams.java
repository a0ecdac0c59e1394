package dev.gatlingllm.stats;

import java.util.OptionalDouble;

/**
 * How many of the succeeded calls' streams were collected on their way.
 *
 * @param buffered those that were, by {@link BufferedStream#is}
 * @param judged those that are long enough to see it
 */
public record BufferedStreams(long buffered, long judged) {

  /** Buffered ÷ judged in percent; absent if none is long enough. */
  public OptionalDouble percent() {
    return Percent.of(buffered, judged);
  }
}
