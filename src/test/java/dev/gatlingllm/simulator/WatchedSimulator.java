package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.timing.NanoClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A simulated endpoint that keeps the body of every request. */
public final class WatchedSimulator implements AutoCloseable {

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final Simulator simulator;

  private WatchedSimulator(SimulatorSettings settings) {
    this.simulator =
        Simulator.start(
            settings, NanoClock.SYSTEM, (requestId, body) -> bodies.add(body.toString(UTF_8)));
  }

  /** One that answers at once, with these changes to its settings. */
  public static WatchedSimulator quick(String... changes) {
    return new WatchedSimulator(Settings.quick(changes));
  }

  /** What it does. */
  public Simulator simulator() {
    return simulator;
  }

  /** The bodies so far, in the order in which they came. */
  public List<String> bodies() {
    return bodies;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
