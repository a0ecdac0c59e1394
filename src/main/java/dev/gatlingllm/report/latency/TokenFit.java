package dev.gatlingllm.report.latency;

import dev.gatlingllm.stats.Regression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How the latency of one deployment goes with the tokens of its calls.
 *
 * @param deployment its name
 * @param timeByOutput end to end, ms, over output tokens
 * @param timeByInput end to end, ms, over input tokens
 * @param ttftByInput time to first token, ms, over input tokens: its slope is the time it takes to
 *     process one input token
 * @param outliers the calls farthest from the line of end to end over output tokens
 * @param lookAlikes pairs of calls with about as many tokens and the greatest difference in time
 */
public record TokenFit(
    String deployment,
    Optional<Regression> timeByOutput,
    Optional<Regression> timeByInput,
    Optional<Regression> ttftByInput,
    List<Outlier> outliers,
    List<LookAlikes> lookAlikes) {

  private static final int MOST_SHOWN = 5;

  /** How much the tokens of two calls may differ that look alike. */
  static final double ALIKE = 0.02;

  /**
   * A call far from the line.
   *
   * @param residualSeconds its time − what the line says
   */
  public record Outlier(LatencyRun run, double residualSeconds) {}

  /** Two calls whose input and output tokens each differ by 2 % or less. */
  public record LookAlikes(LatencyRun faster, LatencyRun slower) {

    /** The difference in end-to-end time. */
    public double differenceSeconds() {
      return slower.seconds() - faster.seconds();
    }
  }

  /** Copies the lists. */
  public TokenFit {
    outliers = List.copyOf(outliers);
    lookAlikes = List.copyOf(lookAlikes);
  }

  static TokenFit of(String deployment, List<LatencyRun> runs) {
    List<LatencyRun> counted =
        runs.stream()
            .filter(run -> run.promptTokens().isPresent() && run.completionTokens().isPresent())
            .toList();
    List<LatencyRun> streamed =
        counted.stream().filter(run -> run.ttftSeconds().isPresent()).toList();
    Optional<Regression> byOutput = line(counted, TokenFit::output, TokenFit::millis);
    return new TokenFit(
        deployment,
        byOutput,
        line(counted, TokenFit::input, TokenFit::millis),
        line(streamed, TokenFit::input, run -> run.ttftSeconds().getAsDouble() * 1e3),
        byOutput.map(line -> outliers(counted, line)).orElse(List.of()),
        lookAlikes(counted));
  }

  private static double input(LatencyRun run) {
    return run.promptTokens().getAsLong();
  }

  private static double output(LatencyRun run) {
    return run.completionTokens().getAsLong();
  }

  private static double millis(LatencyRun run) {
    return run.seconds() * 1e3;
  }

  private static Optional<Regression> line(
      List<LatencyRun> runs, ToDoubleFunction<LatencyRun> x, ToDoubleFunction<LatencyRun> y) {
    return Regression.of(
        runs.stream().mapToDouble(x).toArray(), runs.stream().mapToDouble(y).toArray());
  }

  private static List<Outlier> outliers(List<LatencyRun> runs, Regression line) {
    return greatest(
        runs.stream()
            .map(run -> new Outlier(run, run.seconds() - line.at(output(run)) / 1e3))
            .toList(),
        outlier -> Math.abs(outlier.residualSeconds()));
  }

  /** In the order of tokens, calls that look alike are neighbours: no need to compare all pairs. */
  private static List<LookAlikes> lookAlikes(List<LatencyRun> runs) {
    List<LatencyRun> sorted = new ArrayList<>(runs);
    sorted.sort(
        Comparator.comparingDouble(TokenFit::output)
            .thenComparingDouble(TokenFit::input)
            .thenComparingLong(LatencyRun::callId));
    List<LookAlikes> pairs = new ArrayList<>();
    for (int i = 1; i < sorted.size(); i++) {
      LatencyRun one = sorted.get(i - 1);
      LatencyRun other = sorted.get(i);
      if (alike(input(one), input(other)) && alike(output(one), output(other))) {
        boolean inOrder = one.seconds() <= other.seconds();
        pairs.add(new LookAlikes(inOrder ? one : other, inOrder ? other : one));
      }
    }
    return greatest(pairs, LookAlikes::differenceSeconds);
  }

  private static boolean alike(double one, double other) {
    return Math.abs(one - other) <= ALIKE * Math.max(one, other);
  }

  private static <T> List<T> greatest(List<T> all, Function<T, Double> by) {
    return all.stream().sorted(Comparator.comparing(by).reversed()).limit(MOST_SHOWN).toList();
  }
}
