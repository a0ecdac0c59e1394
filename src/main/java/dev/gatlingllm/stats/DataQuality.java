package dev.gatlingllm.stats;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reader of the numbers should know.
 *
 * @param stalls inter-chunk latencies longer than the run's stall threshold, of succeeded calls and
 *     of those that a stall ended, which counts as one, too; none of buffered streams
 * @param lateEvents events that came after their call had ended
 * @param estimatedTokens succeeded calls whose tokens come from a tokenizer
 * @param uncountedTokens succeeded calls without any output token count
 * @param implausibleTokens succeeded calls for which the provider reported an impossible count
 * @param tokenDoubts succeeded calls whose counts contradict each other or their chunks, by {@link
 *     TokenDoubt#code()}
 * @param streams how many streams were collected on their way
 * @param blockedAnswers succeeded calls whose answer a filter withheld or cut, or whose model
 *     refused
 * @param otherLatencyMode calls that were served in another latency mode than requested
 */
public record DataQuality(
    long stalls,
    long lateEvents,
    long estimatedTokens,
    long uncountedTokens,
    long implausibleTokens,
    Map<String, Long> tokenDoubts,
    BufferedStreams streams,
    long blockedAnswers,
    long otherLatencyMode) {

  /** Copies the map. */
  public DataQuality {
    tokenDoubts = Collections.unmodifiableMap(new TreeMap<>(tokenDoubts));
  }
}
