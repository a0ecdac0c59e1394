package rpm;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.gatling.LlmAssertions.slo;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.size.CallSizes;
import io.gatling.javaapi.core.Simulation;

/**
 * How does the endpoint answer calls of one shape that arrive at a given rate?
 *
 * <p>How to run (default: shape balanced, 120 calls per minute for 30 s, simulated Azure OpenAI):
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

  private final LlmConfig config = LlmConfig.read();
  private final Prompts prompts = Prompts.of(config);
  private final CallSizes sizes = prompts.sizes(config);

  {
    setUp(Load.of(config).inject("Shape profile", llm("chat").sizes(prompts, sizes)))
        .protocols(llm.config(config).expectedLoad(ExpectedLoads.load(config, prompts, sizes)))
        .assertions(slo(config.slo(), "chat"));
  }
}
