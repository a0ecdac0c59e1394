package dev.gatlingllm.capacity;

import dev.gatlingllm.stats.ShareCount;
import java.time.Duration;
import java.util.List;

/**
 * What a probe has shown so far.
 *
 * @param elapsed how long it has lasted
 * @param missed of each limit of the search, the calls that miss it among those that count
 * @param piledUp whether calls pile up
 * @param throttling what the service refused
 * @param client whether the client was up to it
 */
public record ProbeState(
    Duration elapsed,
    List<ShareCount> missed,
    boolean piledUp,
    Throttling.Seen throttling,
    Client client) {

  /** How a client was. */
  public enum Client {
    /** Nothing that it did is to be seen in the numbers. */
    GOOD,
    /** It made the numbers worse, so that only good ones are to be believed. */
    DOUBTFUL,
    /** It did not send the load. */
    TOO_SLOW
  }

  /** Copies the list. */
  public ProbeState {
    missed = List.copyOf(missed);
  }
}
