package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much worse a number may become: {@code ttft.p50=10%}, or {@code failures=1%} for percentage
 * points of all calls. It holds for every call name that both runs have. It is not met if the
 * number is worse by more than that and chance alone could not have done it, or if there are too
 * few calls to tell.
 *
 * @param text as it was given
 * @param name of a measure, or {@code failures}
 * @param quantile of the measure; empty for failures
 * @param percent the most that is allowed
 */
public record ComparisonGate(
    String text, String name, Optional<Quantile> quantile, double percent) {

  /** What became of a gate. */
  public record Result(String text, boolean passed, String actual) {}

  private static final String FAILURES = "failures";
  private static final Pattern FORMAT =
      Pattern.compile("([a-zA-Z0-9]+)(?:\\.(p[0-9.]+))?=([0-9]+(?:\\.[0-9]+)?)%");

  /** Reads one gate. */
  public static ComparisonGate parse(String text) {
    Matcher parts = FORMAT.matcher(text);
    if (!parts.matches()) {
      throw refused(text);
    }
    double percent = Double.parseDouble(parts.group(3));
    if (parts.group(1).equals(FAILURES) && parts.group(2) == null) {
      return new ComparisonGate(text, FAILURES, Optional.empty(), percent);
    }
    Quantile quantile =
        Arrays.stream(Quantile.values())
            .filter(known -> known.label().equals(parts.group(2)))
            .findFirst()
            .orElseThrow(() -> refused(text));
    if (measure(parts.group(1))
        .filter(m -> RunComparison.quantiles(m).contains(quantile))
        .isEmpty()) {
      throw refused(text);
    }
    return new ComparisonGate(text, parts.group(1), Optional.of(quantile), percent);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "--fail-if-worse must be "
            + FAILURES
            + "=N% or one of "
            + RunComparison.COMPARED.stream()
                .map(ComparisonGate::accepted)
                .collect(Collectors.joining(", "))
            + " with =N%, was \""
            + text
            + "\"");
  }

  private static String accepted(Measure measure) {
    return name(measure)
        + RunComparison.quantiles(measure).stream()
            .map(Quantile::label)
            .collect(Collectors.joining("|", ".", ""));
  }

  private static String name(Measure measure) {
    return measure.field().replaceAll("(Millis|Percent)$", "");
  }

  private static Optional<Measure> measure(String name) {
    return RunComparison.COMPARED.stream().filter(any -> name(any).equals(name)).findFirst();
  }

  /** Judges every call name that both runs have. */
  public List<Result> judge(RunComparison runs) {
    List<Result> results = new ArrayList<>();
    for (KeyComparison key : runs.byKey()) {
      results.add(judge(key));
    }
    Stream.concat(runs.onlyInFirst().stream(), runs.onlyInSecond().stream())
        .forEach(key -> results.add(new Result(label(key.path()), false, "in one run alone")));
    if (results.isEmpty()) {
      results.add(new Result(text, false, "no calls"));
    }
    return results;
  }

  private String label(String path) {
    return path + ": " + text;
  }

  private Result judge(KeyComparison key) {
    String path = key.key().path();
    if (quantile.isEmpty()) {
      ShareChange failed = key.shares().get(0);
      return result(path, failed.change(), failed.worsePoints(), " points", 10);
    }
    Measure measure = measure(name).orElseThrow();
    return key.quantiles().stream()
        .filter(any -> any.measure() == measure && any.quantile() == quantile.get())
        .findFirst()
        .map(found -> judge(path, found))
        .orElseGet(() -> new Result(label(path), false, "not measured"));
  }

  private Result judge(String path, QuantileChange found) {
    return result(path, found.change(), found.worsePercent(), " %", found.needed());
  }

  private Result result(String path, Change change, OptionalDouble worse, String unit, int needed) {
    if (change == Change.TOO_FEW || worse.isEmpty()) {
      return new Result(label(path), false, "too few calls: each run needs " + needed);
    }
    double by = worse.getAsDouble();
    String said = Figures.fill("%.1f", Math.abs(by)) + unit + (by < 0 ? " better" : " worse");
    boolean beyond = by > percent;
    boolean shown = change == Change.WORSE;
    return new Result(
        label(path),
        !(beyond && shown),
        said + (beyond && !shown ? ", but chance could have done it" : ""));
  }
}
