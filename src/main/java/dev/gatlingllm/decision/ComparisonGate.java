package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The least change to the worse that matters: {@code ttft.p50=10%}, or {@code failures=1%} for
 * percentage points of all calls. It holds for every call name that both runs have. It is not met
 * if the number is shown to be worse and not shown to be within that margin, or if there are too
 * few calls for the number itself. Of all that the gates of a comparison claim, a claim is false
 * with a risk of 5 % at most, see {@link Holm}.
 *
 * @param text as it was given
 * @param name of a measure, or {@code failures}
 * @param quantile of the measure; empty for failures
 * @param percent the least change that matters
 */
public record ComparisonGate(
    String text, String name, Optional<Quantile> quantile, double percent) {

  /**
   * What became of a gate.
   *
   * @param text the gate and what it was applied to
   * @param actual what was found, in words
   * @param decided absent if there was nothing to be decided
   */
  public record Result(String text, boolean passed, String actual, Optional<Decided> decided) {

    /** A result without a number that was decided. */
    public Result(String text, boolean passed, String actual) {
      this(text, passed, actual, Optional.empty());
    }

    /** Whether it passes where only a change that is shown to be for the worse may fail. */
    public boolean passesUnlessWorse() {
      return decided.map(number -> number.change() != Change.WORSE).orElse(passed);
    }
  }

  /**
   * A number that a gate named and decided.
   *
   * @param path of the calls
   * @param number {@link QuantileChange#number}, or the name of a share
   * @param percent the least change that matters
   * @param change what is shown
   */
  public record Decided(String path, String number, double percent, Change change) {}

  /** What is found of a call name that the other run lacks. */
  public static final String IN_ONE_RUN_ALONE = "in one run alone";

  private static final String FAILURES = "failures";
  private static final Pattern FORMAT =
      Pattern.compile("([a-zA-Z0-9]+)(?:\\.(p[0-9.]+))?=([0-9]+(?:\\.[0-9]+)?)%");

  /** Reads one gate of the command {@code compare}. */
  public static ComparisonGate parse(String text) {
    return parse("--fail-if-worse", text);
  }

  /**
   * Reads one gate.
   *
   * @param place where it was given
   * @throws IllegalArgumentException if it is none, with the place and what is accepted
   */
  public static ComparisonGate parse(String place, String text) {
    Matcher parts = FORMAT.matcher(text);
    if (!parts.matches()) {
      throw refused(place, text);
    }
    double percent = Double.parseDouble(parts.group(3));
    if (parts.group(1).equals(FAILURES) && parts.group(2) == null) {
      return new ComparisonGate(text, FAILURES, Optional.empty(), percent);
    }
    Quantile quantile =
        Arrays.stream(Quantile.values())
            .filter(known -> known.label().equals(parts.group(2)))
            .findFirst()
            .orElseThrow(() -> refused(place, text));
    if (measure(parts.group(1))
        .filter(m -> RunComparison.quantiles(m).contains(quantile))
        .isEmpty()) {
      throw refused(place, text);
    }
    return new ComparisonGate(text, parts.group(1), Optional.of(quantile), percent);
  }

  private static IllegalArgumentException refused(String place, String text) {
    return new IllegalArgumentException(
        place
            + " must be "
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

  /** Absent for failures. */
  Optional<Measure> measure() {
    return quantile.flatMap(known -> measure(name));
  }

  private static Optional<Measure> measure(String name) {
    return RunComparison.COMPARED.stream().filter(any -> name(any).equals(name)).findFirst();
  }

  /** Judges every call name that both runs have, by every gate; risks are shared out among them. */
  public static List<Result> judge(List<ComparisonGate> gates, RunComparison runs) {
    return judgeEach(gates, List.of(runs)).get(0);
  }

  /**
   * As {@link #judge}, several runs each against the same first one; risks are shared out among all
   * of them.
   *
   * @return the results of each comparison, in the same order
   */
  public static List<List<Result>> judgeEach(
      List<ComparisonGate> gates, List<RunComparison> comparisons) {
    List<List<Claim>> claims =
        comparisons.stream()
            .map(runs -> gates.stream().flatMap(gate -> gate.claims(runs).stream()).toList())
            .toList();
    List<Double> risks =
        claims.stream()
            .flatMap(List::stream)
            .flatMap(claim -> claim.difference().stream())
            .map(difference -> difference.worse().riskOfHigher())
            .toList();
    double[] together = Holm.together(risks);
    List<List<Result>> results = new ArrayList<>();
    int next = 0;
    for (List<Claim> ofRun : claims) {
      List<Result> judged = new ArrayList<>();
      for (Claim claim : ofRun) {
        judged.add(claim.difference().isEmpty() ? claim.without() : claim.result(together[next++]));
      }
      results.add(judged);
    }
    return results;
  }

  /**
   * What is to be decided.
   *
   * @param path of the call
   * @param number that was named, see {@link Decided}
   * @param percent the least change that matters
   * @param difference absent if there is none to be decided
   * @param without the result then
   */
  private record Claim(
      String text,
      String path,
      String number,
      double percent,
      Optional<NamedDifference> difference,
      Result without) {

    static Claim none(String text, boolean passed, String actual) {
      return new Claim(text, "", "", 0, Optional.empty(), new Result(text, passed, actual));
    }

    static Claim undecided(String text, Decided decided, String actual) {
      Result result = new Result(text, false, actual, Optional.of(decided));
      return new Claim(text, "", "", 0, Optional.empty(), result);
    }

    Result result(double risk) {
      NamedDifference known = difference.orElseThrow();
      Change change = known.change(risk);
      return new Result(
          text,
          change != Change.WORSE,
          known.text(change),
          Optional.of(new Decided(path, number, percent, change)));
    }
  }

  private List<Claim> claims(RunComparison runs) {
    List<Claim> claims = new ArrayList<>();
    runs.byKey().forEach(key -> claims.add(claim(key)));
    Stream.concat(runs.onlyInFirst().stream(), runs.onlyInSecond().stream())
        .forEach(key -> claims.add(Claim.none(label(key.path()), false, IN_ONE_RUN_ALONE)));
    if (claims.isEmpty()) {
      claims.add(Claim.none(text, false, "no calls"));
    }
    return claims;
  }

  private String label(String path) {
    return path + ": " + text;
  }

  private Claim claim(KeyComparison key) {
    String path = key.key().path();
    return quantile.isEmpty()
        ? claim(path, key.share(RunComparison.FAILED))
        : key.quantiles().stream()
            .filter(any -> name(any.measure()).equals(name))
            .filter(any -> any.quantile() == quantile.get())
            .findFirst()
            .map(found -> claim(path, found))
            .orElseGet(() -> undecided(path, numberWithoutUnit(), "not measured"));
  }

  private Claim claim(String path, ShareChange found) {
    return found
        .contrast()
        .map(known -> NamedDifference.of(found, known, percent))
        .map(known -> claim(path, found.name(), known))
        .orElseGet(() -> tooFew(path, found.name(), ShareChange.FEWEST));
  }

  private Claim claim(String path, QuantileChange found) {
    if (found.change() == Change.TOO_FEW) {
      return tooFew(path, found.number(), found.needed());
    }
    return found
        .contrast()
        .map(known -> NamedDifference.of(found, known, percent))
        .map(known -> claim(path, found.number(), known))
        .orElseGet(() -> withoutRatio(path, found));
  }

  private Claim claim(String path, String number, NamedDifference difference) {
    return new Claim(
        label(path), path, number, percent, Optional.of(difference), new Result(text, false, ""));
  }

  private String numberWithoutUnit() {
    return quantile.map(known -> name + "." + known.label()).orElse(name);
  }

  private Claim tooFew(String path, String number, int needed) {
    return undecided(path, number, "too few calls: each run needs " + needed);
  }

  private Claim undecided(String path, String number, String actual) {
    return Claim.undecided(label(path), new Decided(path, number, percent, Change.TOO_FEW), actual);
  }

  private Claim withoutRatio(String path, QuantileChange found) {
    boolean same = found.first().value().equals(found.second().value());
    return Claim.none(
        label(path), same, same ? "0 in both runs" : "cannot be compared: one of the two is 0");
  }
}
