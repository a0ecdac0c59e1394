package dev.gatlingllm.experiment.bedrock;

import static io.gatling.javaapi.core.CoreDsl.group;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.experiment.SequentialPopulations;
import dev.gatlingllm.experiment.SharedQueue;
import dev.gatlingllm.experiment.bedrock.BedrockExperiment.Sampling;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.OwnShare;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.text.Console;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The scenarios of a file, each as often as its experiment asks, in a shuffled order, drawn by
 * whichever client is free: every one is sent, and none twice. A run of an experiment begins when
 * the last call of the one before has ended.
 */
public final class Scenarios implements ProviderExperiment {

  private static final String NAME = "Bedrock scenarios";
  private static final String ATTRIBUTE = "llm.scenario";

  /** Label of a call: its experiment and run, if there are several. */
  private static final String EXPERIMENT = "experiment";

  private final List<BedrockScenario> scenarios;
  private final List<BedrockExperiment> experiments;
  private final ScenariosConfig config;
  private final LlmConfig settings;

  private Scenarios(
      List<BedrockScenario> scenarios,
      List<BedrockExperiment> experiments,
      ScenariosConfig config,
      LlmConfig settings) {
    this.scenarios = scenarios;
    this.experiments = experiments;
    this.config = config;
    this.settings = settings.labelCache(caching());
  }

  /**
   * The scenarios that {@code llm.scenarios} asks for.
   *
   * @throws ConfigurationException naming the file and line, if one cannot be read
   */
  public static Scenarios of(LlmConfig settings) {
    LlmConfig config = settings.speaking("bedrock");
    return Startup.orExit(
        () ->
            ConfigurationException.in(
                "llm.scenarios: ",
                () ->
                    read(
                        config.section(ScenariosConfig::read),
                        config.withoutTargets("compare.BedrockScenarioSimulation"))));
  }

  private static Scenarios read(ScenariosConfig config, LlmConfig settings) {
    BedrockScenarioFile file =
        BedrockScenarioFile.read(
            InputPath.of(config.file()), new BedrockPlaces(config.models(), config.regions()));
    file.warnings().forEach(warning -> Console.out().println("[llm] " + warning));
    List<BedrockScenario> scenarios =
        file.scenarios().stream()
            .map(line -> line.orLatencyMode(settings.request().latencyMode()))
            .toList();
    requireLabels(scenarios, config.labels());
    List<BedrockExperiment> experiments =
        config
            .experimentFile()
            .map(path -> BedrockExperimentFile.read(InputPath.of(path), config.experiment()))
            .orElse(List.of(config.experiment()));
    return new Scenarios(scenarios, experiments, config, settings);
  }

  private static void requireLabels(List<BedrockScenario> scenarios, List<String> labels) {
    Set<String> known = new TreeSet<>();
    scenarios.forEach(scenario -> known.addAll(scenario.labels().keySet()));
    for (String label : labels) {
      if (!known.contains(label)) {
        throw new ConfigurationException(
            "llm.scenarios.labels must be of " + String.join(", ", known) + ", was " + label);
      }
    }
  }

  private boolean caching() {
    return scenarios.stream().anyMatch(scenario -> scenario.cachePoint() != CachePoint.NONE);
  }

  /** Clients that make this call for one scenario after another; the call gets the request. */
  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    List<Round> rounds = rounds();
    List<PopulationBuilder> steps = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      String name = rounds.size() == 1 ? NAME : NAME + " " + (i + 1);
      steps.add(inject(name, call, rounds.get(i)));
    }
    return SequentialPopulations.of(steps);
  }

  /**
   * One run of an experiment.
   *
   * @param label what tells it from the others; empty if there are none
   */
  private record Round(BedrockExperiment experiment, String label, List<BedrockScenario> order) {}

  private List<Round> rounds() {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < experiments.size(); i++) {
      BedrockExperiment experiment = experiments.get(i);
      List<List<BedrockScenario>> runs = experiment.order(scenarios, settings.seed() + i);
      for (int run = 0; run < runs.size(); run++) {
        rounds.add(new Round(experiment, label(i, run), runs.get(run)));
      }
    }
    return rounds;
  }

  /** Such as {@code 2} of one experiment's runs, or {@code warm run 2} if there are several. */
  private String label(int number, int run) {
    if (experiments.size() == 1) {
      return experiments.get(0).runs() == 1 ? "" : String.valueOf(run + 1);
    }
    BedrockExperiment experiment = experiments.get(number);
    String name = experiment.name().isEmpty() ? String.valueOf(number + 1) : experiment.name();
    return experiment.runs() == 1 ? name : name + " run " + (run + 1);
  }

  private PopulationBuilder inject(String name, LlmActionBuilder call, Round round) {
    BedrockExperiment experiment = round.experiment();
    Sampling sampling = config.sampling() ? experiment.sampling() : Sampling.NONE;
    LlmActionBuilder sent = call.request(session -> sampling.apply(drawn(session).request()));
    for (String label : config.labels()) {
      sent = sent.label(label, session -> drawn(session).labels().getOrDefault(label, ""));
    }
    if (!round.label().isEmpty()) {
      sent = sent.label(EXPERIMENT, session -> round.label());
    }
    OwnShare share = OwnShare.of(settings.load());
    return OwnShare.atOnce(
        name,
        share.clients("parallel_calls", experiment.parallelCalls()),
        new SharedQueue<>(ATTRIBUTE, share.items("llm.scenarios", "calls", round.order()))
            .each(group(session -> groupOf(drawn(session))).on(sent), experiment.pause()));
  }

  private static BedrockScenario drawn(Session session) {
    return session.get(ATTRIBUTE);
  }

  @Override
  public LlmConfig settings() {
    return settings;
  }

  @Override
  public ExpectedLoad expectedLoad() {
    AtomicInteger next = new AtomicInteger();
    Supplier<LlmRequest> requests =
        () -> scenarios.get(Math.floorMod(next.getAndIncrement(), scenarios.size())).request();
    int clients = experiments.stream().mapToInt(BedrockExperiment::parallelCalls).max().orElse(1);
    return ExpectedLoads.clients(clients, "scenarios", requests);
  }

  /** One for each model, region and latency mode. */
  @Override
  public List<String> groups() {
    return scenarios.stream().map(Scenarios::groupOf).distinct().toList();
  }

  private static String groupOf(BedrockScenario scenario) {
    Map<String, String> labels = scenario.labels();
    return String.join(" | ", labels.get("model"), labels.get("region"), labels.get("latency"));
  }
}
