package sweep;

import static dev.gatlingllm.LlmDsl.concurrencySweep;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;

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
  {
    var levels = concurrencySweep(settings());
    setUp(levels.inject(llm("chat")))
        .protocols(levels.protocols())
        .assertions(levels.assertions("chat"));
  }
}
