package dev.gatlingllm.table;

import dev.gatlingllm.table.Column.Kind;
import java.util.ArrayList;
import java.util.List;

/** Columns, from left to right. */
public final class Columns {

  private final List<Column> columns = new ArrayList<>();

  private Columns() {}

  /** Begins with columns of one kind. */
  public static Columns of(Kind kind, String... heads) {
    return new Columns().and(kind, heads);
  }

  /** More columns of one kind. */
  public Columns and(Kind kind, String... heads) {
    for (String head : heads) {
      columns.add(new Column(head, kind));
    }
    return this;
  }

  /** More columns of numbers. */
  public Columns numbers(String... heads) {
    return and(Kind.NUMBER, heads);
  }

  /** More columns of numbers. */
  public Columns numbers(List<String> heads) {
    return numbers(heads.toArray(String[]::new));
  }

  /** These columns with rows. */
  public Table with(List<List<Cell>> rows) {
    return with("", "", rows);
  }

  /** These columns with rows, and with words around them. */
  public Table with(String title, String hint, List<List<Cell>> rows) {
    return new Table(title, hint, columns, rows);
  }
}
