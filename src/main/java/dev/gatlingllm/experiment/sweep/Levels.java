package dev.gatlingllm.experiment.sweep;

import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.repeat;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.experiment.SequentialPopulations;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.OwnShare;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The levels of concurrency that {@code llm.sweep} asks for, one after another: at each, that many
 * clients make their next call when the last one ended.
 */
public final class Levels implements ProviderExperiment {

  /** Label of a call: how many clients its level has. */
  public static final String CLIENTS = "clients";

  private final LlmConfig settings;
  private final SweepConfig sweep;
  private final Prompts prompts;
  private final CallSizes sizes;

  private Levels(LlmConfig settings, SweepConfig sweep) {
    this.settings = settings.splitBy(CLIENTS);
    this.sweep = sweep;
    this.prompts = Prompts.of(settings);
    this.sizes = prompts.sizes(settings);
  }

  /** The levels of these settings; says on the console which are too small for which percentile. */
  public static Levels of(LlmConfig config) {
    Levels levels = new Levels(config, Startup.orExit(() -> config.section(SweepConfig::read)));
    levels.warning().ifPresent(text -> Console.out().println("[llm] " + text));
    return levels;
  }

  /** The clients of all levels; their calls get the label {@code clients}. */
  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    LlmActionBuilder sized = call.sizes(prompts, sizes);
    return SequentialPopulations.of(
        sweep.ladder().levels().stream().map(clients -> level(clients, sized)).toList());
  }

  private PopulationBuilder level(int clients, LlmActionBuilder call) {
    ChainBuilder once = group(groupOf(clients)).on(call.label(CLIENTS, String.valueOf(clients)));
    return OwnShare.atOnce(
        groupOf(clients),
        ofShare(clients),
        sweep.duration().isPresent()
            ? during(sweep.duration().get()).on(once)
            : repeat(sweep.callsPerClient(clients)).on(once));
  }

  private int ofShare(int clients) {
    return OwnShare.of(settings.load()).clients("a level of llm.sweep.levels", clients);
  }

  @Override
  public LlmConfig settings() {
    return settings;
  }

  @Override
  public ExpectedLoad expectedLoad() {
    return ExpectedLoads.clients(ofShare(Collections.max(sweep.ladder().levels())), prompts, sizes);
  }

  @Override
  public List<String> groups() {
    return sweep.ladder().levels().stream().map(Levels::groupOf).toList();
  }

  /** Which levels are too small for a p95 or p99; empty if none is, or their size is not known. */
  Optional<String> warning() {
    String small =
        sweep.ladder().levels().stream()
            .filter(clients -> calls(clients) < Quantile.P99.needed())
            .map(clients -> groupOf(clients) + " (" + calls(clients) + ")")
            .collect(Collectors.joining(", "));
    if (sweep.duration().isPresent() || small.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Figures.fill(
            "a p95 takes %d calls, a p99 %d; levels with fewer than that: %s. More:"
                + " llm.sweep.minCallsPerLevel",
            Quantile.P95.needed(), Quantile.P99.needed(), small));
  }

  private int calls(int clients) {
    return clients * sweep.callsPerClient(clients);
  }

  private static String groupOf(int clients) {
    return Count.of(clients, "client");
  }
}
