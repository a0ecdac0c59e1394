package sweep;

import static dev.gatlingllm.LlmDsl.llm;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.experiment.sweep.Levels;
import dev.gatlingllm.gatling.Planned;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.prompt.ShapeProfile;
import io.gatling.javaapi.core.Simulation;

/**
 * How many clients can the endpoint serve before they have to wait for one another?
 *
 * <p>Levels of concurrency, one after another. At each, that many clients make their next call when
 * the last one ended, a number of times or for a time. Beyond the knee the time to first token
 * rises and the rate does not. Each level has a row in the report and a folder of its own.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=sweep.ConcurrencySweepSimulation -Dllm.sweep.levels=1,4,16
 * mvn gatling:test -Dgatling.simulationClass=sweep.ConcurrencySweepSimulation \
 *     -Dllm.sweep.levels=1,4,16 -Dllm.sweep.duration=10s
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met at one of the levels.
 */
public class ConcurrencySweepSimulation extends Simulation {

  private final LlmConfig config = LlmConfig.read().splitBy(Levels.CLIENTS);
  private final Prompts prompts = Prompts.of(config);
  private final ShapeProfile shape = prompts.shape(config.profile());
  private final Levels levels = Levels.of(config);

  {
    setUp(levels.inject(llm("chat").shape(prompts, shape)))
        .protocols(llm.config(config).planned(Planned.clients(levels.most(), prompts, shape)))
        .assertions(levels.slo(config.slo(), "chat"));
  }
}
