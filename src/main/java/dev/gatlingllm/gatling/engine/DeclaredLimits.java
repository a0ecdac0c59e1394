package dev.gatlingllm.gatling.engine;

import static io.gatling.javaapi.core.CoreDsl.global;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.Measure;
import io.gatling.javaapi.core.Assertion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The limits that a simulation declares while it is made. The next run takes them: Gatling hands
 * the assertions of a simulation to nobody but its own engine, which knows no records.
 *
 * <p>Safe for use by many threads.
 */
public final class DeclaredLimits {

  private static final List<Limit> DECLARED = new ArrayList<>();

  private DeclaredLimits() {}

  /** Declares a limit. */
  public static void add(Limit limit) {
    synchronized (DECLARED) {
      DECLARED.add(limit);
    }
  }

  /**
   * An assertion that holds in every run, to stand where Gatling wants one. No number of calls is
   * negative.
   */
  public static Assertion alwaysHolds() {
    return global().allRequests().count().gte(-1L);
  }

  /** The limits declared so far, and of the settings those that were not declared for a call. */
  static List<Limit> take(SloConfig slo) {
    List<Limit> limits = new ArrayList<>();
    synchronized (DECLARED) {
      DECLARED.stream().distinct().forEach(limits::add);
      DECLARED.clear();
    }
    Set<String> declared = limits.stream().map(Limit::name).collect(Collectors.toSet());
    of(slo, List.of()).stream()
        .filter(limit -> !declared.contains(limit.name()))
        .forEach(limits::add);
    users(slo, limits);
    return limits;
  }

  /**
   * The limits of {@code llm.slo} for calls at a path, without those on how long users wait, which
   * are of all calls of a run.
   */
  public static List<Limit> of(SloConfig slo, List<String> path) {
    List<Limit> limits = new ArrayList<>();
    add("ttft", slo.ttft(), Measure.TTFT, Limit.Bound.AT_MOST, path, limits);
    add("e2e", slo.e2e(), Measure.E2E, Limit.Bound.AT_MOST, path, limits);
    add(
        "tokensPerSecond",
        slo.tokensPerSecond(),
        Measure.TOKENS_PER_SECOND,
        Limit.Bound.AT_LEAST,
        path,
        limits);
    slo.failures()
        .ifPresent(
            most ->
                limits.add(
                    new Limit(
                        "llm.slo.failures",
                        path,
                        Limit.FAILED,
                        "percent",
                        Limit.Bound.AT_MOST,
                        most)));
    slo.goodput()
        .ifPresent(
            least ->
                limits.add(
                    new Limit(
                        "llm.slo.goodput",
                        path,
                        Limit.GOOD,
                        "percent",
                        Limit.Bound.AT_LEAST,
                        least)));
    return limits;
  }

  /**
   * The limits of {@code llm.slo} for all calls together, those on how long users wait included.
   */
  public static List<Limit> ofAllCalls(SloConfig slo) {
    List<Limit> limits = new ArrayList<>(of(slo, List.of()));
    users(slo, limits);
    return limits;
  }

  private static void users(SloConfig slo, List<Limit> limits) {
    Limit.Bound most = Limit.Bound.AT_MOST;
    add("ttftUser", slo.ttftUser(), Measure.TTFT_FROM_ARRIVAL, most, List.of(), limits);
    add("e2eUser", slo.e2eUser(), Measure.E2E_FROM_ARRIVAL, most, List.of(), limits);
  }

  private static void add(
      String section,
      Map<String, Double> values,
      Measure measure,
      Limit.Bound bound,
      List<String> path,
      List<Limit> limits) {
    values.forEach(
        (statistic, value) ->
            limits.add(
                new Limit(
                    "llm.slo." + section + "." + statistic,
                    path,
                    measure.field(),
                    statistic,
                    bound,
                    value)));
  }
}
