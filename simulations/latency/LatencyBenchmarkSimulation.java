package latency;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.group;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.experiment.latency.LatencyCase;
import dev.gatlingllm.experiment.latency.LatencyCases;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.LlmAssertions;
import dev.gatlingllm.gatling.Prompts;
import io.gatling.javaapi.core.ChainBuilder;
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

  private final LlmConfig config = LlmConfig.read();
  private final Prompts prompts = Prompts.of(config);
  private final LatencyCases cases = LatencyCases.of(config, prompts);

  {
    setUp(cases.inject(this::call))
        .protocols(llm.config(config).planned(cases.planned()))
        .assertions(
            cases.groups().stream()
                .flatMap(name -> LlmAssertions.slo(config.slo(), name, "chat").stream())
                .toList());
  }

  private ChainBuilder call(LatencyCase test) {
    LlmActionBuilder chat = llm("chat").shape(prompts, test.shape()).model(s -> test.deployment());
    return group(test.group()).on(cases.sampled(chat.region(s -> test.region()), test));
  }
}
