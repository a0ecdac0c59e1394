package capacity;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.rateSearch;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * How many calls per minute can this endpoint carry within my limits?
 *
 * <p>The greatest rate of arrivals at which every limit of {@code llm.slo} holds. A first rate is
 * doubled until a limit is missed; then probes come closer until the rate is known to 5 %, and what
 * was found is held for two minutes. Says what the limit was: a limit of yours, a quota of the
 * service, or this client.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=capacity.RateSearchSimulation -Dllm.slo.ttft.p95=500ms
 * mvn gatling:test -Dgatling.simulationClass=capacity.RateSearchSimulation -Dllm.slo.ttft.p95=500ms \
 *     -Dllm.capacity.from=120 -Dllm.capacity.precision=10 -Dllm.capacity.atMost.calls=5000
 * </pre>
 *
 * <p>Red means: no such rate was found, or not as precisely as was asked.
 */
public class RateSearchSimulation extends Simulation {
  {
    var search = rateSearch(settings());
    setUp(search.inject(llm("chat"))).protocols(search.protocols());
  }
}
