package replay;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;
import static dev.gatlingllm.LlmDsl.traceReplay;

import io.gatling.javaapi.core.Simulation;

/**
 * How would the endpoint have answered the calls of a recorded day?
 *
 * <p>Replays a trace of Azure, Mooncake or BurstGPT: each call at its recorded instant, or {@code
 * llm.replay.speed} times as fast, with a prompt of the recorded size and at most the recorded
 * output. Prompts that shared their beginnings in a Mooncake trace share them again.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=replay.TraceReplaySimulation \
 *     -Dllm.replay.file=trace.csv -Dllm.replay.length=10min -Dllm.replay.speed=10
 * mvn gatling:test -Dgatling.simulationClass=replay.TraceReplaySimulation \
 *     -Dllm.replay.file=feeders/trace-mooncake-example.jsonl
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met. The schedule delay in the report is how
 * far the arrivals were from the trace.
 */
public class TraceReplaySimulation extends Simulation {
  {
    var replay = traceReplay(settings());
    setUp(replay.inject(llm("chat")))
        .protocols(replay.protocols())
        .assertions(replay.assertions("chat"));
  }
}
