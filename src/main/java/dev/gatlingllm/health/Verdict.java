package dev.gatlingllm.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the client was healthy enough for the numbers to be believed.
 *
 * @param level the gravest that any figure gives
 * @param reasons why it is not trusted, the gravest first, a sentence each; empty if it is
 * @param remarks what to know all the same
 * @param samples how many samples it rests on
 * @param findings of every figure that was measured, by check
 */
public record Verdict(
    Trust level,
    List<String> reasons,
    List<String> remarks,
    long samples,
    Map<HealthCheck, Finding> findings) {

  private static final Comparator<Finding> GRAVEST_FIRST =
      Comparator.comparing(Finding::level)
          .thenComparing(Finding::excess)
          .reversed()
          .thenComparing(Finding::check);

  /** Fewer samples than a second has. */
  private static final int FEW_SAMPLES = 4;

  /** Copies the collections. */
  public Verdict {
    reasons = List.copyOf(reasons);
    remarks = List.copyOf(remarks);
    EnumMap<HealthCheck, Finding> copy = new EnumMap<>(HealthCheck.class);
    copy.putAll(findings);
    findings = Collections.unmodifiableMap(copy);
  }

  /**
   * Judges by figures.
   *
   * @param figures value by check; what was not measured has no entry
   * @param remarks what to know beside
   * @param samples how many samples the figures come from; with none the verdict is unknown
   */
  public static Verdict of(Map<HealthCheck, Double> figures, List<String> remarks, long samples) {
    return of(figures, Map.of(), remarks, samples);
  }

  /**
   * Judges by figures.
   *
   * @param additions a further sentence for the finding of a check
   */
  static Verdict of(
      Map<HealthCheck, Double> figures,
      Map<HealthCheck, String> additions,
      List<String> remarks,
      long samples) {
    if (samples == 0 && figures.keySet().stream().noneMatch(HealthCheck::isOfCalls)) {
      return unknown("The client's health was not sampled while calls were under way.");
    }
    Map<HealthCheck, Finding> findings = new EnumMap<>(HealthCheck.class);
    figures.forEach(
        (check, value) ->
            findings.put(check, check.of(value).with(additions.getOrDefault(check, ""))));
    List<Finding> bad =
        findings.values().stream()
            .filter(finding -> finding.level() != Trust.TRUSTED)
            .sorted(GRAVEST_FIRST)
            .toList();
    return new Verdict(
        bad.isEmpty() ? Trust.TRUSTED : bad.get(0).level(),
        bad.stream().map(Finding::text).toList(),
        withFewSamples(remarks, samples),
        samples,
        findings);
  }

  private static List<String> withFewSamples(List<String> remarks, long samples) {
    if (samples >= FEW_SAMPLES) {
      return remarks;
    }
    List<String> more = new ArrayList<>(remarks);
    more.add("The verdict rests on few samples of the client's health: " + samples + ".");
    return more;
  }

  /** Nobody knows, for this reason. */
  public static Verdict unknown(String reason) {
    return new Verdict(Trust.UNKNOWN, List.of(reason), List.of(), 0, Map.of());
  }

  /** A verdict that was kept without its figures. */
  public static Verdict kept(Trust level, List<String> reasons) {
    return new Verdict(level, reasons, List.of(), 0, Map.of());
  }

  /** This verdict, or an invalid one if there are problems that no figure of health shows. */
  public Verdict and(List<String> problems) {
    if (problems.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(problems);
    all.addAll(reasons);
    return new Verdict(Trust.INVALID, all, remarks, samples, findings);
  }

  /** The gravest of several, the first of equals. */
  public static Verdict gravest(List<Verdict> verdicts) {
    Verdict gravest = verdicts.get(0);
    for (Verdict verdict : verdicts) {
      gravest = verdict.level().compareTo(gravest.level()) > 0 ? verdict : gravest;
    }
    return gravest;
  }

  /** The same verdict, each sentence beginning with a name. */
  public Verdict of(String run) {
    return new Verdict(level, named(run, reasons), named(run, remarks), samples, findings);
  }

  private static List<String> named(String run, List<String> sentences) {
    return sentences.stream().map(sentence -> run + ": " + sentence).toList();
  }

  /** The level and its reasons in one line. */
  public String line() {
    return reasons.isEmpty() ? level.code() : level.code() + ": " + String.join(" ", reasons);
  }
}
