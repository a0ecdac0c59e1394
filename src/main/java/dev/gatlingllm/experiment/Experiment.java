package dev.gatlingllm.experiment;

import dev.gatlingllm.gatling.LlmActionBuilder;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.util.List;

/**
 * One question put to an endpoint: who calls, over which protocols, within which limits.
 *
 * <pre>{@code
 * var heatmap = latencyHeatmap(settings());
 *
 * setUp(heatmap.inject(llm("chat")))
 *     .protocols(heatmap.protocols())
 *     .assertions(heatmap.assertions("chat"));
 * }</pre>
 */
public interface Experiment {

  /**
   * The users who make the calls.
   *
   * @param call gets its prompt, its size and its labels here; the rest is kept as it is
   */
  List<PopulationBuilder> inject(LlmActionBuilder call);

  /** The protocols of the calls, with the settings of this experiment. */
  List<ProtocolBuilder> protocols();

  /**
   * The limits of {@code llm.slo}.
   *
   * @param call the name of the call that is judged
   */
  List<Assertion> assertions(String call);
}
