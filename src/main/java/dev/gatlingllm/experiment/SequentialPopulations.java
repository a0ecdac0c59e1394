package dev.gatlingllm.experiment;

import io.gatling.javaapi.core.PopulationBuilder;
import java.util.List;

/** Populations in a row: each begins when the last user of the one before has ended. */
public final class SequentialPopulations {

  private SequentialPopulations() {}

  /** These populations in a row, as the one population that Gatling takes them for. */
  public static List<PopulationBuilder> of(List<PopulationBuilder> steps) {
    PopulationBuilder chain = steps.get(steps.size() - 1);
    for (int i = steps.size() - 2; i >= 0; i--) {
      chain = steps.get(i).andThen(chain);
    }
    return List.of(chain);
  }
}
