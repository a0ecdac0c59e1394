package latency;

import static dev.gatlingllm.LlmDsl.latencyBenchmark;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * How long does one call take, by deployment, region and length of the answer?
 *
 * <p>Every deployment of {@code llm.latency.deployments} answers {@code iterations} prompts for
 * each of {@code maxTokens}, in every region, streamed or not; one call at a time, or all tests at
 * the same time. {@code latency-table.md} in the run folder has every statistic, and what it means.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=latency.LatencyBenchmarkSimulation
 * mvn gatling:test -Dgatling.simulationClass=latency.LatencyBenchmarkSimulation \
 *     -Dllm.latency.deployments=gpt-4o,gpt-4o-mini -Dllm.latency.maxTokens=100,500,900 \
 *     -Dllm.latency.iterations=50 -Dllm.latency.streaming=both
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met by one of the tests.
 */
public class LatencyBenchmarkSimulation extends Simulation {
  {
    var cases = latencyBenchmark(settings());
    setUp(cases.inject(llm("chat")))
        .protocols(cases.protocols())
        .assertions(cases.assertions("chat"));
  }
}
