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
 * @param clientLimited whether the client could not send the load, or is not trusted
 */
public record ProbeState(
    Duration elapsed,
    List<ShareCount> missed,
    boolean piledUp,
    Throttling.Seen throttling,
    boolean clientLimited) {

  /** Copies the list. */
  public ProbeState {
    missed = List.copyOf(missed);
  }
}
