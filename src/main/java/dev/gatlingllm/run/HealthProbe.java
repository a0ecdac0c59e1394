package dev.gatlingllm.run;

import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.health.ClientHealth;

/**
 * Tells the client's health what the client adds to one call. The warm-up's calls are watched by
 * this class too: another one behind {@link CallProbe}, loaded with the first call of the run,
 * would make the JVM throw away what it had compiled for that interface.
 *
 * @param health what is told; safe for use by many threads
 * @param heldNanos how long the user's own limit held the call back: no fault of the client
 */
public record HealthProbe(ClientHealth health, long heldNanos) implements CallProbe {

  @Override
  public void sent(long delayNanos) {
    health.sent(delayNanos - heldNanos, heldNanos);
  }

  @Override
  public void decoded(long backlogNanos) {
    health.decoded(backlogNanos);
  }
}
