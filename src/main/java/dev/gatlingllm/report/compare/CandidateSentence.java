package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.report.ComparedNumber;
import dev.gatlingllm.report.FoundSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says what was found of a run that is compared with the first: which is slower and by how much,
 * what is not shown, and what cannot be compared and why.
 */
final class CandidateSentence {

  private final Candidate candidate;
  private final List<DecidedNumber> numbers;
  private final boolean manyPaths;

  private CandidateSentence(Candidate candidate) {
    this.candidate = candidate;
    this.numbers = candidate.numbers();
    this.manyPaths = numbers.stream().map(DecidedNumber::path).distinct().count() > 1;
  }

  /** What was found, in a sentence or two. */
  static String found(Candidate candidate) {
    return new CandidateSentence(candidate).found();
  }

  /** What cannot be compared or explains a difference, and why; empty if nothing. */
  static String limits(Candidate candidate) {
    return new CandidateSentence(candidate).limits();
  }

  private String found() {
    return FoundSentence.of(
        candidate.letter(),
        Candidate.FIRST,
        numbers.stream()
            .filter(number -> !number.isInOneRunAlone() && !number.isInNeither())
            .map(
                number ->
                    new ComparedNumber(
                        named(number),
                        ComparedNumber.Kind.of(number.measure()),
                        number.change(),
                        number.effect(),
                        number.margin()))
            .toList());
  }

  private String named(DecidedNumber number) {
    return manyPaths ? number.path() + " " + number.label() : number.label();
  }

  private String limits() {
    List<String> reasons = new ArrayList<>();
    String second = candidate.letter();
    ComparedRuns runs = candidate.runs();
    alone(runs.comparison().onlyInFirst().size(), Candidate.FIRST, reasons);
    alone(runs.comparison().onlyInSecond().size(), second, reasons);
    List<String> apart =
        numbers.stream()
            .filter(DecidedNumber::isInOneRunAlone)
            .map(
                number ->
                    named(number)
                        + " (measured in "
                        + (number.firstCalls() > 0 ? Candidate.FIRST : second)
                        + " alone)")
            .toList();
    Stream.of(apart, zero()).flatMap(List::stream).forEach(reasons::add);
    List<String> texts = new ArrayList<>();
    if (!reasons.isEmpty()) {
      texts.add("Not comparable: " + String.join("; ", reasons) + ".");
    }
    List<SettingDifference> others =
        runs.settings().stream().filter(setting -> !setting.isOfService()).toList();
    if (!others.isEmpty()) {
      String more = others.size() > 1 ? " and " + (others.size() - 1) + " more" : "";
      texts.add(
          second
              + " and "
              + Candidate.FIRST
              + " do not share their load: "
              + others.get(0).text()
              + more
              + ". That alone may make a difference.");
    }
    return String.join(" ", texts);
  }

  private static void alone(int names, String letter, List<String> reasons) {
    if (names > 0) {
      reasons.add(
          (names == 1 ? "a call name that is in " : names + " call names that are in ")
              + letter
              + " alone");
    }
  }

  /** A ratio to nothing. */
  private List<String> zero() {
    return candidate.judged().stream()
        .filter(result -> result.decided().isEmpty() && !result.passed())
        .filter(result -> !result.actual().equals(ComparisonGate.IN_ONE_RUN_ALONE))
        .map(result -> result.text() + " (" + result.actual() + ")")
        .toList();
  }
}
