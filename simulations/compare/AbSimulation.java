package compare;

import static dev.gatlingllm.LlmDsl.abTest;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * Is one target slower than another, whatever the time of day and the arrivals do to both?
 *
 * <p>The two {@code llm.targets} take turns in blocks, A B B A. The two blocks of a pair get the
 * same arrivals and prompts; their differences are what is judged. {@code llm.load} says what a
 * block is.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=compare.AbSimulation \
 *     -Dllm.targets.0.model=a -Dllm.targets.1.model=b -Dllm.load.arrivals=poisson -Dllm.ab.pairs=10
 * </pre>
 *
 * <p>Red means: the second target is shown to be worse in a number that {@code llm.ab.worse} names,
 * or a limit under {@code llm.slo} was not met.
 */
public class AbSimulation extends Simulation {
  {
    var blocks = abTest(settings());
    setUp(blocks.inject(llm("chat")))
        .protocols(blocks.protocols())
        .assertions(blocks.assertions("chat"));
  }
}
