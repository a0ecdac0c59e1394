package dev.gatlingllm.table;

/**
 * A column of a table.
 *
 * @param head what its cells are, with their unit
 * @param kind how it is shown
 */
public record Column(String head, Kind kind) {

  /** How a column is shown, with the class of its cells in a page. */
  public enum Kind {
    /** What the rows are about. */
    NAME(""),
    TEXT(""),
    UNIT("unit"),
    NUMBER("number"),
    /** Identifiers, broken anywhere. */
    IDS("ids"),
    /** A few words, coloured by the state of the cell. */
    VERDICT("verdict");

    private final String style;

    Kind(String style) {
      this.style = style;
    }
  }

  /** Whether its cells name the rows. */
  public boolean isName() {
    return kind == Kind.NAME;
  }

  /** Whether its cells are numbers. */
  public boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  /** The class of its cells in a page; empty if they have none. */
  public String style() {
    return kind.style;
  }
}
