package dev.gatlingllm.simulator;

import java.util.Locale;
import java.util.Optional;

/**
 * What a run decides for its simulated endpoint, so that no user can set it there. A simulated
 * endpoint that is a process of its own has it as settings.
 *
 * @param bind the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param apiKey the key that every call must carry; empty to accept all calls
 * @param recordedCalls how many calls are kept for {@link Simulator#calls()}, the latest; 0 for
 *     none
 * @param truth the file for what truly happened to those calls; empty for none
 * @param seed decides all that is random: the n-th call to come in has the same jitter, fault and
 *     words in every run
 */
public record ProcessSettings(
    String bind,
    @Range(most = 65_535) int port,
    Optional<String> apiKey,
    @Range int recordedCalls,
    Optional<String> truth,
    @Range(least = Double.NEGATIVE_INFINITY) long seed) {

  /** Everything but the key. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "ProcessSettings[bind=%s, port=%d, apiKey=%s, recordedCalls=%d, truth=%s, seed=%d]",
        bind,
        port,
        apiKey.isPresent() ? "set" : "not set",
        recordedCalls,
        truth,
        seed);
  }
}
