package dev.gatlingllm.experiment.latency;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.target.ProviderClients;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tests of {@code llm.latency}: every deployment in every region with every size, streamed or
 * not, each several times with pauses between.
 */
public final class LatencyCases implements ProviderExperiment {

  private final LlmConfig settings;
  private final LatencyConfig config;
  private final Prompts prompts;
  private final List<LatencyCase> cases;

  private LatencyCases(
      LlmConfig settings, LatencyConfig config, Prompts prompts, List<LatencyCase> cases) {
    this.settings = settings;
    this.config = config;
    this.prompts = prompts;
    this.cases = cases;
  }

  /**
   * The tests that these settings ask for.
   *
   * @throws ConfigurationException if a region is not known, or a prompt has no room for its parts
   */
  public static LatencyCases of(LlmConfig config) {
    Startup.orExit(() -> requireWhole(config));
    Prompts prompts = Prompts.of(config);
    LatencyConfig asked = Startup.orExit(() -> config.section(LatencyConfig::read));
    List<String> regions =
        Startup.orExit(
            () ->
                regions(
                    config.withoutTargets("latency.LatencyBenchmarkSimulation"), asked.regions()));
    List<LatencyCase> cases = new ArrayList<>();
    for (String deployment : orDefault(asked.deployments())) {
      for (String region : orDefault(regions)) {
        for (int maxTokens : asked.maxTokens()) {
          ShapeProfile shape =
              prompts.shape("llm.latency.contextTokens", asked.contextTokens(), maxTokens);
          asked.streaming().stream()
              .map(streaming -> new LatencyCase(deployment, region, shape, streaming))
              .forEach(cases::add);
        }
      }
    }
    return new LatencyCases(config, asked, prompts, List.copyOf(cases));
  }

  private static boolean requireWhole(LlmConfig config) {
    config.load().requireWhole("latency.LatencyBenchmarkSimulation", "makes one call at a time");
    return true;
  }

  private static List<String> regions(LlmConfig config, List<String> asked) {
    if (ProviderClients.of(config).findsRegions()) {
      return asked;
    }
    if (!config.regions().keySet().containsAll(asked)) {
      throw new ConfigurationException(
          "llm.latency.regions must be regions of llm.regions, which has "
              + (config.regions().isEmpty() ? "none" : String.join(", ", config.regions().keySet()))
              + ", was \""
              + String.join(",", asked)
              + '"');
    }
    return asked.isEmpty() ? List.copyOf(config.regions().keySet()) : asked;
  }

  private static List<String> orDefault(List<String> names) {
    return names.isEmpty() ? List.of("") : names;
  }

  @Override
  public List<String> groups() {
    return cases.stream().map(LatencyCase::group).distinct().toList();
  }

  /** One user who makes all calls one after another, or one for each test. */
  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    if (config.concurrent()) {
      return cases.stream().map(test -> user(test.group(), iterations(test, call))).toList();
    }
    ChainBuilder all = iterations(cases.get(0), call);
    for (int i = 1; i < cases.size(); i++) {
      boolean same = cases.get(i).deployment().equals(cases.get(i - 1).deployment());
      Duration interval = same ? config.sameModelInterval() : config.differentModelInterval();
      all = all.exec(pause(interval)).exec(iterations(cases.get(i), call));
    }
    return List.of(user("Latency benchmark", all));
  }

  private ChainBuilder once(LatencyCase test, LlmActionBuilder call) {
    LlmActionBuilder sized =
        call.shape(prompts, test.shape())
            .model(session -> test.deployment())
            .region(session -> test.region());
    LlmActionBuilder sampled =
        config.temperature().isPresent()
            ? sized.temperature(config.temperature().getAsDouble())
            : sized;
    return group(test.group()).on(test.streaming() ? sampled : sampled.notStreaming());
  }

  private static PopulationBuilder user(String name, ChainBuilder calls) {
    return scenario(name).exec(calls).injectOpen(atOnceUsers(1));
  }

  private ChainBuilder iterations(LatencyCase test, LlmActionBuilder call) {
    ChainBuilder chain = once(test, call);
    for (int i = 1; i < config.iterations(); i++) {
      chain = chain.exec(pause(config.sameModelInterval())).exec(once(test, call));
    }
    return chain;
  }

  @Override
  public LlmConfig settings() {
    return settings;
  }

  @Override
  public ExpectedLoad expectedLoad() {
    return ExpectedLoads.clients(
        config.concurrent() ? cases.size() : 1, prompts, cases.get(0).shape());
  }
}
