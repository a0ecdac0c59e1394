package dev.gatlingllm.experiment.sweep;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.LlmAssertions;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.Count;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The levels of concurrency that {@code llm.sweep} asks for, one after another: at each, that many
 * clients make their next call when the last one ended.
 */
public final class Levels {

  /** Label of a call: how many clients its level has. */
  public static final String CLIENTS = "clients";

  private final SweepConfig sweep;

  private Levels(SweepConfig sweep) {
    this.sweep = sweep;
  }

  /** The levels of these settings; says on the console which are too small for which percentile. */
  public static Levels of(LlmConfig config) {
    Levels levels = new Levels(Startup.orExit(() -> config.section(SweepConfig::read)));
    levels.warning().ifPresent(text -> Console.out().println("[llm] " + text));
    return levels;
  }

  /** The number of clients of the largest level. */
  public int most() {
    return Collections.max(sweep.ladder().levels());
  }

  /** The clients of all levels with this call, which gets the label {@code clients}. */
  public PopulationBuilder inject(LlmActionBuilder call) {
    PopulationBuilder ladder = null;
    List<Integer> levels = sweep.ladder().levels();
    for (int i = levels.size() - 1; i >= 0; i--) {
      PopulationBuilder level = level(levels.get(i), call);
      ladder = ladder == null ? level : level.andThen(ladder);
    }
    return ladder;
  }

  private PopulationBuilder level(int clients, LlmActionBuilder call) {
    ChainBuilder once = group(groupOf(clients)).on(call.label(CLIENTS, String.valueOf(clients)));
    return scenario(groupOf(clients))
        .exec(
            sweep.duration().isPresent()
                ? during(sweep.duration().get()).on(once)
                : repeat(sweep.callsPerClient(clients)).on(once))
        .injectOpen(atOnceUsers(clients));
  }

  /** The assertions of {@code llm.slo}, for each level. */
  public List<Assertion> slo(SloConfig slo, String call) {
    return sweep.ladder().levels().stream()
        .flatMap(clients -> LlmAssertions.slo(slo, groupOf(clients), call).stream())
        .toList();
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
        String.format(
            Locale.ROOT,
            "a p95 takes %d calls, a p99 %d; levels with fewer than that: %s. More: llm.sweep.minCallsPerLevel",
            Quantile.P95.needed(),
            Quantile.P99.needed(),
            small));
  }

  private int calls(int clients) {
    return clients * sweep.callsPerClient(clients);
  }

  private static String groupOf(int clients) {
    return Count.of(clients, "client");
  }
}
