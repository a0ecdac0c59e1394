package replay;

import static dev.gatlingllm.LlmDsl.arrivals;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.gatling.LlmAssertions.slo;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.experiment.replay.ReplayConfig;
import dev.gatlingllm.experiment.replay.Traces;
import dev.gatlingllm.gatling.Arrivals;
import dev.gatlingllm.gatling.Planned;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.input.TraceFile.Row;
import io.gatling.javaapi.core.Session;
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
 * <p>Red means: a limit under {@code llm.slo} was not met. Lag in the report is how far the
 * arrivals were from the trace.
 */
public class TraceReplaySimulation extends Simulation {

  private final LlmConfig config = LlmConfig.read();
  private final Prompts prompts = Prompts.of(config);
  private final ReplayConfig replay = config.section(ReplayConfig::read);
  private final TraceFile trace = Traces.read(replay);

  {
    ArrivalSchedule schedule = ArrivalSchedule.trace(trace.offsetsNanos(), replay.speed());
    Arrivals arrivals = arrivals(schedule);
    setUp(
            arrivals.inject(
                scenario("Trace replay")
                    .feed(arrivals.feeder())
                    .exec(llm("chat").recorded(prompts, this::row))))
        .protocols(
            llm.config(config)
                .planned(Planned.arrivals(schedule, "the trace", prompts.requests(trace))))
        .assertions(slo(config.slo(), "chat"));
  }

  private Row row(Session session) {
    return trace.rows().get((int) session.getLong(Arrivals.INDEX));
  }
}
