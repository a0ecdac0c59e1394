package dev.gatlingllm.gatling;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.text.Console;
import java.util.Optional;

/**
 * How many calls a load has in flight at the same time, as far as that is known before it begins.
 *
 * @param certain what it needs for certain
 * @param likely what it may well need
 */
public record CallsAtOnce(Need certain, Need likely) {

  /**
   * Calls and what each needs.
   *
   * @param descriptorsPerCall one for a connection, and one more if its other end is in this
   *     process
   */
  record Need(long calls, int descriptorsPerCall) {}

  private static final Need NOTHING = new Need(0, 1);

  /** A service may well be so slow that the calls of a minute are in flight together. */
  private static final long SLOW_CALL_NANOS = 60_000_000_000L;

  /** So many clients, each with a connection of its own. */
  public static CallsAtOnce ofClients(long clients, boolean simulated) {
    Need need = new Need(clients, simulated ? 2 : 1);
    return new CallsAtOnce(need, need);
  }

  /**
   * The load that a simulation plans, else that of {@code llm.load}.
   *
   * @param callsPerConnection how many calls may share a connection
   */
  static CallsAtOnce of(LlmConfig config, Optional<ExpectedLoad> planned, int callsPerConnection) {
    boolean simulated = config.provider().simulated();
    boolean calibrated = simulated || !config.calibration().duration().isZero();
    long calls = bounded(config, calls(config, planned)) / callsPerConnection;
    Need likely = new Need(calls, calibrated ? 2 : 1);
    return new CallsAtOnce(
        isClosed(config, planned) ? new Need(calls, simulated ? 2 : 1) : NOTHING, likely);
  }

  /**
   * Refuses the load if this machine has no room for it, and warns on the console if it may need
   * more than there is.
   *
   * @throws ConfigurationException if there certainly is no room
   */
  public void requireRoom() {
    // Afterwards the descriptors that classes take are counted, too.
    OwnClasses.load();
    RoomForLoad.now()
        .check(this)
        .ifPresent(text -> Console.out().println("[llm] warning: " + text));
  }

  private static boolean isClosed(LlmConfig config, Optional<ExpectedLoad> planned) {
    return planned
        .map(load -> load.pace() instanceof ExpectedLoad.Closed)
        .orElseGet(() -> !config.load().isOpen());
  }

  private static long calls(LlmConfig config, Optional<ExpectedLoad> planned) {
    if (planned.isPresent()) {
      return planned.get().mostAtOnce(SLOW_CALL_NANOS, config.maxConnections());
    }
    LoadConfig load = config.load();
    return isClosed(config, planned) ? load.mostClients() : (long) Math.ceil(load.peakRpm());
  }

  private static long bounded(LlmConfig config, long calls) {
    LoadConfig load = config.load();
    long bounded = Math.min(calls, config.maxConnections());
    bounded = Math.min(bounded, load.clients().orElse(Integer.MAX_VALUE));
    return Math.min(bounded, load.requests().orElse(Long.MAX_VALUE));
  }
}
