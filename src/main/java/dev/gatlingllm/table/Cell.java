package dev.gatlingllm.table;

import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A cell of a table, all text.
 *
 * @param text the number or the words; a dash if there is no number
 * @param note why there is a dash, or what the words mean; may be empty
 * @param unit of the numbers beside it; may be empty
 * @param state how it is coloured; may be empty
 */
public record Cell(String text, String note, String unit, String state) {

  /** A number that the service did not report. */
  public static final Cell NOT_REPORTED = none("not reported");

  /** Text without a note. */
  public static Cell of(String text) {
    return of(text, "");
  }

  /** Text with a note. */
  public static Cell of(String text, String note) {
    return new Cell(text, note, "", "");
  }

  /** A dash, and why. */
  public static Cell none(String reason) {
    return of(Figures.DASH, reason);
  }

  /** A row of texts without notes. */
  public static List<Cell> row(String... texts) {
    return Arrays.stream(texts).map(Cell::of).toList();
  }

  /** A row that begins with a name. */
  public static List<Cell> row(String name, List<Cell> cells) {
    return Stream.concat(Stream.of(of(name)), cells.stream()).toList();
  }

  /** A number of things. */
  public static Cell count(long value) {
    return of(Figures.count(value));
  }

  /** A number of things that the service may not have reported. */
  public static Cell count(OptionalLong value) {
    return value.isPresent() ? count(value.getAsLong()) : NOT_REPORTED;
  }

  /** A share in percent that the service may not have reported. */
  public static Cell percent(OptionalDouble value) {
    return value.isPresent() ? of(Figures.percent(value)) : NOT_REPORTED;
  }

  /** A number, or a dash and why. */
  public static Cell number(OptionalDouble value, String reason) {
    return value.isPresent() ? of(Figures.number(value)) : none(reason);
  }

  /** An amount of money, or a dash and why. */
  public static Cell amount(Optional<BigDecimal> value, String reason) {
    return value.map(Figures::amount).map(Cell::of).orElseGet(() -> none(reason));
  }

  /** The same cell of numbers in a unit. */
  public Cell in(String newUnit) {
    return new Cell(text, note, newUnit, state);
  }

  /** The same cell in the colour of a state. */
  public Cell as(String newState) {
    return new Cell(text, note, unit, newState);
  }
}
