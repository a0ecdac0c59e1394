package dev.gatlingllm.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What {@code capacity.json} says: the greatest load at which every limit held, and the probes by
 * which it was found. Written anew after each probe, so that a search that is cut keeps what it
 * had.
 *
 * @param over whether the search came to its end
 * @param found whether the load is known as precisely as was asked
 * @param clients whether a load is a number of clients; else it is arrivals per minute
 * @param limitedBy the word for what ended the search, such as {@code limit}, {@code quota} or
 *     {@code range}; empty before
 * @param limit the name of the limit that is reached; empty if it is none
 * @param said what the service said when it refused calls; empty if it refused none
 * @param load the greatest load, or one below it where there is no interval; absent if none held
 * @param low95 lower end of its 95 % interval
 * @param high95 upper end
 * @param held the load that was held for a confirmation
 * @param ratePerMinute succeeded calls a minute at that load
 * @param tokensPerMinute input and output tokens of succeeded calls a minute at that load
 * @param inFlight calls in flight at that load, on average
 * @param precisionPercent how precisely it was asked
 * @param calls of all probes
 * @param tokens of all probes, input and output
 * @param seconds from the first probe to the end of the last
 * @param probes in their order
 */
public record CapacityResult(
    boolean over,
    boolean found,
    boolean clients,
    String limitedBy,
    String limit,
    String said,
    OptionalDouble load,
    OptionalDouble low95,
    OptionalDouble high95,
    OptionalDouble held,
    OptionalDouble ratePerMinute,
    OptionalDouble tokensPerMinute,
    OptionalDouble inFlight,
    double precisionPercent,
    long calls,
    long tokens,
    double seconds,
    List<Probe> probes) {

  /** Version of the file's format. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the list. */
  public CapacityResult {
    probes = List.copyOf(probes);
  }

  /**
   * One load of a search.
   *
   * @param number from 1
   * @param purpose {@code bracket}, {@code refine}, {@code quota} or {@code confirm}
   * @param load clients, or arrivals per minute
   * @param seconds how long it lasted, without the calls in flight at its end
   * @param calls that came to an end
   * @param failed calls among them
   * @param throttled calls among the failed
   * @param worth how many independent calls the limit rests on that decided
   * @param keptPercent the share of calls that keep that limit
   * @param decision {@code met}, {@code missed} or {@code undecided}
   * @param ended why: {@code met}, {@code missed}, {@code backlog}, {@code quota}, {@code precise},
   *     {@code time}, {@code client} or {@code spent}
   * @param limit the name of the limit that decided
   * @param ratePerMinute succeeded calls a minute
   * @param tokensPerMinute input and output tokens of succeeded calls a minute
   * @param inFlight calls in flight on average
   * @param ttftP50Millis of succeeded calls
   * @param ttftP95Millis of succeeded calls
   * @param e2eP50Millis of succeeded calls
   * @param e2eP95Millis of succeeded calls
   * @param completedPerMinute succeeded calls a minute of the time in which calls ended: what the
   *     service got done, also where calls piled up; absent if unknown
   */
  public record Probe(
      int number,
      String purpose,
      double load,
      double seconds,
      long calls,
      long failed,
      long throttled,
      double worth,
      OptionalDouble keptPercent,
      String decision,
      String ended,
      String limit,
      OptionalDouble ratePerMinute,
      OptionalDouble tokensPerMinute,
      OptionalDouble inFlight,
      OptionalDouble ttftP50Millis,
      OptionalDouble ttftP95Millis,
      OptionalDouble e2eP50Millis,
      OptionalDouble e2eP95Millis,
      OptionalDouble completedPerMinute) {}

  /** The text of the file, ending in a line feed. */
  public String format() {
    return VersionedJson.format(this, SCHEMA_VERSION);
  }

  /** As an object, without the version. */
  public ObjectNode tree() {
    return BoundJson.MAPPER.valueToTree(this);
  }

  /**
   * Reads the text of a file.
   *
   * @throws RecordFormatException naming the field that is missing or wrong, or the version
   */
  public static CapacityResult parse(String text) {
    return VersionedJson.parse(text, CapacityResult.class, SCHEMA_VERSION);
  }
}
