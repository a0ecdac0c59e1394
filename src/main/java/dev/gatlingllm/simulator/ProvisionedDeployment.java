package dev.gatlingllm.simulator;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Decides which calls the deployment takes itself, and which it hands over. Thread-safe. */
final class ProvisionedDeployment {

  private final SpilloverSettings settings;
  private final AtomicInteger serving = new AtomicInteger();

  ProvisionedDeployment(SpilloverSettings settings) {
    this.settings = settings;
  }

  /** Whether it takes the call; {@link #leave} must follow at the call's end if it does. */
  boolean takes(RandomGenerator random) {
    if (random.nextDouble() < settings.spilloverShare()) {
      return false;
    }
    int most = settings.spilloverAbove().orElse(Integer.MAX_VALUE);
    return serving.getAndUpdate(now -> now < most ? now + 1 : now) < most;
  }

  /** A call that it took is over. */
  void leave() {
    serving.decrementAndGet();
  }
}
