package dev.gatlingllm.report;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.report.ComparedNumber.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says which of two is slower and by how much, what is not shown, and what cannot be told. */
public final class FoundSentence {

  private static final int MOST_NAMED = 4;

  private final String second;
  private final String first;
  private final List<ComparedNumber> numbers;

  private FoundSentence(String second, String first, List<ComparedNumber> numbers) {
    this.second = second;
    this.first = first;
    this.numbers = numbers;
  }

  /** In a sentence, the second against the first. */
  public static String of(String second, String first, List<ComparedNumber> numbers) {
    return new FoundSentence(second, first, numbers).text();
  }

  private String text() {
    List<String> more = new ArrayList<>();
    within("within ", Change.EQUIVALENT, more);
    within("no worse than ", Change.NO_WORSE, more);
    add("cannot be told: ", with(Change.CANNOT_TELL), FoundSentence::withEffect, more);
    add("too few calls for ", with(Change.TOO_FEW), ComparedNumber::name, more);
    boolean shown = !with(Change.WORSE).isEmpty() || !with(Change.BETTER).isEmpty();
    return shown() + (more.isEmpty() ? "" : shown ? "; " : ": ") + String.join("; ", more) + ".";
  }

  private String shown() {
    List<ComparedNumber> worse = with(Change.WORSE);
    List<ComparedNumber> better = with(Change.BETTER);
    if (!worse.isEmpty() && !better.isEmpty()) {
      boolean apart = kinds(worse).stream().noneMatch(kinds(better)::contains);
      return second
          + (apart
              ? " " + better(better) + " but " + worse(worse) + " than " + first
              : " is worse than " + first + " in some numbers and better in others")
          + ": worse: "
          + list(worse, FoundSentence::withEffect)
          + "; better: "
          + list(better, FoundSentence::withEffect);
    }
    if (!worse.isEmpty()) {
      return changed(worse(worse), worse);
    }
    if (!better.isEmpty()) {
      return changed(better(better), better);
    }
    return unchanged();
  }

  /** Such as {@code B is slower and fails more often than A: e2e p50 1.20 ×}. */
  private String changed(String what, List<ComparedNumber> shown) {
    return second + " " + what + " than " + first + ": " + list(shown, FoundSentence::withEffect);
  }

  private static String worse(List<ComparedNumber> shown) {
    return what(shown, "is slower", "fails more often", "is worse");
  }

  private static String better(List<ComparedNumber> shown) {
    return what(shown, "is faster", "fails less often", "is better");
  }

  private static String what(
      List<ComparedNumber> shown, String speed, String failures, String other) {
    List<Kind> kinds = kinds(shown);
    return kinds.contains(Kind.OTHER)
        ? other
        : kinds.stream()
            .map(kind -> kind == Kind.SPEED ? speed : failures)
            .collect(Collectors.joining(" and "));
  }

  private static List<Kind> kinds(List<ComparedNumber> shown) {
    return shown.stream().map(ComparedNumber::kind).distinct().sorted().toList();
  }

  private String unchanged() {
    boolean speed = numbers.stream().anyMatch(number -> number.kind() == Kind.SPEED);
    String either = speed ? "slower or faster" : "worse or better";
    boolean alike = !with(Change.EQUIVALENT).isEmpty();
    boolean noWorse = !with(Change.NO_WORSE).isEmpty();
    if (!alike && !noWorse) {
      return "Whether " + second + " is " + either + " than " + first + " is not shown";
    }
    if (!with(Change.CANNOT_TELL).isEmpty() || !with(Change.TOO_FEW).isEmpty()) {
      return second + " is not shown to be " + either + " than " + first;
    }
    return second
        + (noWorse
            ? speed ? " is no slower than " : " is no worse than "
            : speed ? " is as fast as " : " is as good as ")
        + first;
  }

  /** Numbers of the same margin together. */
  private void within(String head, Change change, List<String> parts) {
    Map<String, List<ComparedNumber>> byMargin = new LinkedHashMap<>();
    with(change)
        .forEach(one -> byMargin.computeIfAbsent(one.margin(), any -> new ArrayList<>()).add(one));
    byMargin.forEach(
        (margin, ones) -> add(head + margin + ": ", ones, ComparedNumber::name, parts));
  }

  private List<ComparedNumber> with(Change change) {
    return numbers.stream().filter(number -> number.change() == change).toList();
  }

  private static void add(
      String head,
      List<ComparedNumber> shown,
      Function<ComparedNumber, String> words,
      List<String> parts) {
    if (!shown.isEmpty()) {
      parts.add(head + list(shown, words));
    }
  }

  private static String list(List<ComparedNumber> shown, Function<ComparedNumber, String> words) {
    String text = shown.stream().limit(MOST_NAMED).map(words).collect(Collectors.joining(", "));
    int more = shown.size() - MOST_NAMED;
    return more > 0 ? text + " and " + more + " more" : text;
  }

  private static String withEffect(ComparedNumber number) {
    return (number.name() + " " + number.effect()).strip();
  }
}
