package dev.gatlingllm.stats;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of conversations and agent sessions.
 *
 * @param whole those whose every turn was answered
 * @param brokenOff those of which a call failed or was dropped
 * @param cutOff those that the end of the run came into
 * @param turnsNotSent turns of the latter two that were to come, where their number was known
 * @param measures of those that ended whole
 */
public record SessionStatistics(
    long whole,
    long brokenOff,
    long cutOff,
    long turnsNotSent,
    Map<SessionMeasure, Distribution> measures) {

  /** The definition, as it is printed in reports. */
  public static final String DEFINITION =
      "Whole: every turn was answered. Broken off: a call failed, was dropped or cancelled, so the"
          + " rest of its turns was not sent. Cut off: the run ended first. The numbers are of"
          + " whole sessions; each call sends the conversation so far, so input tokens count it"
          + " once for each turn.";

  /** Copies the map. */
  public SessionStatistics {
    measures = Collections.unmodifiableMap(new EnumMap<>(measures));
  }

  /** All sessions. */
  public long sessions() {
    return whole + brokenOff + cutOff;
  }

  /** The distribution of a measure; with n = 0 if it was never measured. */
  public Distribution of(SessionMeasure measure) {
    return measures.get(measure);
  }
}
