package batch;

import static dev.gatlingllm.LlmDsl.batches;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * How does the endpoint answer several workloads, one after another, at several times of the day?
 *
 * <p>Each workload is {@code context-max-rate} (a rate of {@code none}: as many calls as the
 * clients make) and has rows of its own; {@code llm.load.duration} and {@code requests} say how
 * long one lasts. With {@code llm.batch.fill.enabled} each batch begins with calls that fill a
 * provisioned deployment, until the first 429 or full utilisation, within a time and a number of
 * tokens.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=batch.BatchSimulation
 * mvn gatling:test -Dgatling.simulationClass=batch.BatchSimulation \
 *     -Dllm.batch.workloads=500-100-20,3500-300-7.5 -Dllm.load.duration=5min \
 *     -Dllm.batch.batches=24 -Dllm.batch.interval=1h -Dllm.batch.fill.enabled=true
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met by one of the workloads.
 */
public class BatchSimulation extends Simulation {
  {
    var batches = batches(settings());
    setUp(batches.inject(llm("chat")))
        .protocols(batches.protocols())
        .assertions(batches.assertions("chat"));
  }
}
