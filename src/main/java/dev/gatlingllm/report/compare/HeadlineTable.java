package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was decided, a row for each number and a mark for each run. */
final class HeadlineTable {

  /** A number that was named, of one call name. */
  private record Name(String path, String number) {}

  /**
   * A number in all runs.
   *
   * @param label with the name of its calls where several were compared
   * @param unit in print
   * @param first in the first run
   * @param firstCalls how many calls of the first run have it
   * @param entries one for each other run, in order
   */
  record Row(String label, String unit, String first, String firstCalls, List<Entry> entries) {}

  /**
   * A number in another run than the first.
   *
   * @param letter of the run
   * @param value in print; a dash where the run has no such calls
   * @param calls how many calls have it
   * @param effect against the first run, with its interval
   * @param mark what is shown
   * @param state how the mark is coloured
   * @param remark what else to know of the mark; may be empty
   */
  record Entry(
      String letter,
      String value,
      String calls,
      String effect,
      String mark,
      String state,
      String remark) {}

  private HeadlineTable() {}

  static List<Row> rows(Comparison comparison) {
    Map<Name, List<Optional<DecidedNumber>>> numbers = new LinkedHashMap<>();
    List<Candidate> candidates = comparison.candidates();
    for (int i = 0; i < candidates.size(); i++) {
      for (DecidedNumber number : candidates.get(i).numbers()) {
        numbers
            .computeIfAbsent(
                new Name(number.path(), number.number()),
                any ->
                    new ArrayList<>(
                        candidates.stream().map(one -> Optional.<DecidedNumber>empty()).toList()))
            .set(i, Optional.of(number));
      }
    }
    boolean manyPaths = numbers.keySet().stream().map(Name::path).distinct().count() > 1;
    return numbers.values().stream()
        .filter(row -> !row.stream().flatMap(Optional::stream).allMatch(DecidedNumber::isInNeither))
        .map(row -> row(row, candidates, manyPaths))
        .toList();
  }

  private static Row row(
      List<Optional<DecidedNumber>> numbers, List<Candidate> candidates, boolean manyPaths) {
    DecidedNumber any = numbers.stream().flatMap(Optional::stream).findFirst().orElseThrow();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      String letter = candidates.get(i).letter();
      entries.add(
          numbers
              .get(i)
              .map(number -> entry(letter, number))
              .orElseGet(() -> new Entry(letter, Figures.DASH, "0", "", "not measured", "", "")));
    }
    return new Row(
        manyPaths ? any.path() + ": " + any.label() : any.label(),
        any.unit(),
        any.first(),
        Figures.count(any.firstCalls()),
        entries);
  }

  private static Entry entry(String letter, DecidedNumber number) {
    boolean open = number.change() == Change.CANNOT_TELL || number.change() == Change.TOO_FEW;
    return new Entry(
        letter,
        number.second(),
        Figures.count(number.secondCalls()),
        number.effect(),
        number.mark(),
        number.change().code(),
        open ? remark(number) : "");
  }

  private static String remark(DecidedNumber number) {
    String more = more(number.actual());
    return number.looksChanged()
        ? "not sure enough among all" + (more.isEmpty() ? "" : "; " + more)
        : more;
  }

  /** How many calls would tell, without what the columns beside it say. */
  private static String more(String actual) {
    int split = actual.startsWith("too few") ? actual.indexOf(": ") : actual.indexOf("; ");
    return split < 0 ? "" : actual.substring(split + 2);
  }

  /** The same for formats of text. */
  static Table table(Comparison comparison) {
    List<Candidate> candidates = comparison.candidates();
    List<String> letters = candidates.stream().map(Candidate::letter).toList();
    Columns columns =
        Columns.of(Kind.NAME, "").and(Kind.UNIT, "unit").numbers("n", Candidate.FIRST);
    for (String letter : letters) {
      columns
          .numbers(letter, letter + " ÷ " + Candidate.FIRST + " (95 %)")
          .and(Kind.VERDICT, letter + " is");
    }
    return columns.with(rows(comparison).stream().map(HeadlineTable::cells).toList());
  }

  private static List<Cell> cells(Row row) {
    String calls =
        Stream.concat(Stream.of(row.firstCalls()), row.entries().stream().map(Entry::calls))
            .collect(Collectors.joining(" | "));
    List<Cell> cells = new ArrayList<>(Cell.row(row.label(), row.unit(), calls, row.first()));
    for (Entry entry : row.entries()) {
      cells.add(Cell.of(entry.value()));
      cells.add(Cell.of(entry.effect().isEmpty() ? Figures.DASH : entry.effect()));
      cells.add(Cell.of(entry.mark(), entry.remark()).as(entry.state()));
    }
    return cells;
  }
}
