package dev.gatlingllm.table;

import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table, the same in every format.
 *
 * @param title what the numbers are; may be empty
 * @param hint what the columns mean, in sentences; may be empty
 * @param columns in order
 * @param rows each with a cell for each column
 */
public record Table(String title, String hint, List<Column> columns, List<List<Cell>> rows) {

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** What stands above the columns. */
  public List<String> heads() {
    return columns.stream().map(Column::head).toList();
  }

  /** What stands in the rows. */
  public List<List<String>> texts() {
    return rows.stream().map(row -> row.stream().map(Cell::text).toList()).toList();
  }

  /** The same without the columns in which no row has a number. */
  public Table withoutEmptyColumns() {
    List<Integer> kept =
        IntStream.range(0, columns.size())
            .filter(i -> rows.stream().anyMatch(row -> !row.get(i).text().equals(Figures.DASH)))
            .boxed()
            .toList();
    return new Table(
        title,
        hint,
        kept.stream().map(columns::get).toList(),
        rows.stream().map(row -> kept.stream().map(row::get).toList()).toList());
  }
}
