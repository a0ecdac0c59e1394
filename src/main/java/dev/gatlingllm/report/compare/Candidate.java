package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.table.Table;
import java.util.List;
import java.util.Optional;

/**
 * A run that is compared with the first.
 *
 * @param letter that stands for it; the first run is {@link #FIRST}
 * @param runs the first run and this one
 * @param checks whether the two may be compared at all; empty if no gate asks
 * @param judged what was decided of the numbers that were named
 */
record Candidate(
    String letter,
    ComparedRuns runs,
    List<ComparisonGate.Result> checks,
    List<ComparisonGate.Result> judged) {

  /** Stands for the run that the others are compared with. */
  static final String FIRST = "A";

  /** Copies the lists. */
  Candidate {
    checks = List.copyOf(checks);
    judged = List.copyOf(judged);
  }

  /** The letter of a run by its place, from 0. */
  static String letter(int place) {
    return String.valueOf((char) ('A' + place));
  }

  /** What was decided of a number; absent if it was not named, or there are too few calls. */
  Optional<Change> decided(KeyComparison key, String number) {
    return judged.stream()
        .flatMap(result -> result.decided().stream())
        .filter(any -> any.path().equals(key.key().path()) && any.number().equals(number))
        .map(ComparisonGate.Decided::change)
        .filter(change -> change != Change.TOO_FEW)
        .findFirst();
  }

  /** The numbers that were decided, in the order in which they were named. */
  List<DecidedNumber> numbers() {
    return judged.stream().flatMap(result -> DecidedNumber.of(result, runs).stream()).toList();
  }

  /** Every key of the two runs, all calls together first unless there is one key alone. */
  List<Table> tables() {
    return runs.comparison().keys().stream().map(key -> ComparisonTable.of(key, this)).toList();
  }
}
