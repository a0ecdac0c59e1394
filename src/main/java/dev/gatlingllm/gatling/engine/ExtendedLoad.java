package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GateConfig;
import dev.gatlingllm.run.LoadExtension;
import dev.gatlingllm.run.Run;
import java.util.List;
import java.util.Optional;

/**
 * A load that goes on beyond its plan if its run lets it ({@code llm.gate.undecided = extend}). The
 * next run takes the one that a simulation declares while it is made. Safe for use by many threads.
 */
public final class ExtendedLoad {

  private static final Declared<ExtendedLoad> DECLARED = new Declared<>();

  private final long planned;
  private volatile Optional<LoadExtension> extension = Optional.empty();

  private ExtendedLoad(long planned) {
    this.planned = planned;
  }

  /**
   * Declares a load.
   *
   * @param planned arrivals, or rounds of all clients; 0 if that is not known beforehand
   */
  public static ExtendedLoad declare(long planned) {
    ExtendedLoad load = new ExtendedLoad(planned);
    DECLARED.add(load);
    return load;
  }

  /**
   * Refuses a simulation whose load cannot go on.
   *
   * @throws ConfigurationException if it declares none, or several
   */
  public static void require(String simulation) {
    int loads = DECLARED.size();
    if (loads != 1) {
      throw new ConfigurationException(
          GateConfig.UNDECIDED
              + " = extend needs one load that can go on, and "
              + simulation
              + (loads == 0
                  ? " has none: its load ends with its plan, or Gatling injects it"
                  : " has " + loads)
              + ". Set point, fail or pass; extend works with rpm.ShapeProfileSimulation, and where"
              + " Load.of(config).inject(…) makes the only load");
    }
  }

  /** The loads declared so far, which are no one's from now on. */
  static List<ExtendedLoad> take() {
    return DECLARED.take();
  }

  /** Goes on as long as this run lets it. */
  void goesOnBy(Run run) {
    run.extension().ifPresent(more -> more.plans(planned));
    extension = run.extension();
  }

  /**
   * Whether one more arrival, or round of a client, is to start beyond the plan.
   *
   * @param made how many have started, those of the plan included
   * @param sinceBeginNanos when it would start, from the first on
   */
  public boolean oneMore(long made, long sinceBeginNanos) {
    return extension.filter(more -> more.oneMore(made, sinceBeginNanos)).isPresent();
  }

  /** Whether nothing starts beyond the plan any more. */
  public boolean isOver() {
    return extension.map(LoadExtension::isOver).orElse(true);
  }
}
