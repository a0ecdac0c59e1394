package dev.gatlingllm.report;

import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Numbers of each key, all text, the same in every format.
 *
 * @param title what the numbers are, with their unit
 * @param hint what the columns mean, in sentences
 * @param columns heads, at most six of twelve characters: a terminal shows no more
 * @param rows a row for each key
 */
record KeyTable(String title, String hint, List<String> columns, List<Row> rows) {

  /** The numbers of one key, as many as there are columns. */
  record Row(String name, List<Cell> cells) {

    /** Copies the list. */
    Row {
      cells = List.copyOf(cells);
    }
  }

  /** One number; the reason is empty unless there is a dash. */
  record Cell(String text, String reason) {

    static final Cell UNKNOWN = new Cell(Figures.DASH, "not reported");

    static Cell count(long value) {
      return new Cell(Figures.count(value), "");
    }

    static Cell count(OptionalLong value) {
      return value.isPresent() ? count(value.getAsLong()) : UNKNOWN;
    }

    static Cell percent(OptionalDouble value) {
      return value.isPresent() ? new Cell(Figures.percent(value), "") : UNKNOWN;
    }

    /** An amount of money. */
    static Cell amount(Optional<BigDecimal> value, String reason) {
      return value.isPresent()
          ? new Cell(Figures.amount(value.get()), "")
          : new Cell(Figures.DASH, reason);
    }

    /** A percentile of amounts of money. */
    static Cell amount(Distribution amounts, Quantile quantile) {
      return amount(
          Figures.exact(amounts.at(quantile)),
          "n too small (needs " + Figures.count(quantile.needed()) + ")");
    }
  }

  /** Copies the lists. */
  KeyTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The same without the columns in which no row has a number. */
  KeyTable withoutEmptyColumns() {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      if (rows.stream().anyMatch(row -> !row.cells().get(column).text().equals(Figures.DASH))) {
        kept.add(column);
      }
    }
    return new KeyTable(
        title,
        hint,
        kept.stream().map(columns::get).toList(),
        rows.stream()
            .map(row -> new Row(row.name(), kept.stream().map(row.cells()::get).toList()))
            .toList());
  }
}
