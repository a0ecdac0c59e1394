package capacity;

import static dev.gatlingllm.LlmDsl.concurrencySearch;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * How many clients at once can this endpoint serve within my limits?
 *
 * <p>The greatest number of clients, each with one call after another, at which every limit of
 * {@code llm.slo} holds. The search is that of {@link RateSearchSimulation}.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=capacity.ConcurrencySearchSimulation -Dllm.slo.ttft.p95=500ms
 * </pre>
 *
 * <p>Red means: no such number was found, or not as precisely as was asked.
 */
public class ConcurrencySearchSimulation extends Simulation {
  {
    var search = concurrencySearch(settings());
    setUp(search.inject(llm("chat"))).protocols(search.protocols());
  }
}
