package rpm;

import static dev.gatlingllm.LlmDsl.expectedLoad;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.load;
import static dev.gatlingllm.LlmDsl.prompts;
import static dev.gatlingllm.LlmDsl.settings;
import static dev.gatlingllm.LlmDsl.slo;

import io.gatling.javaapi.core.Simulation;

/**
 * How does the endpoint answer calls of one shape that arrive at a given rate?
 *
 * <p>How to run (default: shape balanced, 120 calls per minute for 1 min, simulated Azure OpenAI):
 *
 * <pre>
 * mvn gatling:test
 * mvn gatling:test -Dllm.profile.shape=context -Dllm.load.rpm=30 -Dllm.load.duration=5min
 * mvn gatling:test -Dllm.load.clients=8 -Dllm.load.requests=200
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met, for instance with {@code
 * -Dllm.slo.ttft.p95=500ms}. Without limits the simulation only measures.
 */
public class ShapeProfileSimulation extends Simulation {
  {
    var config = settings();
    var prompts = prompts(config);
    var sizes = prompts.sizes(config);
    setUp(load(config).inject("Shape profile", llm("chat").sizes(prompts, sizes)))
        .protocols(llm.config(config).expectedLoad(expectedLoad(config, prompts, sizes)))
        .assertions(slo(config, "chat"));
  }
}
