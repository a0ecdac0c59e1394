package dev.gatlingllm.report;

import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Percent;
import dev.gatlingllm.stats.TokenGrid;
import dev.gatlingllm.stats.TokenGrid.Cell;
import dev.gatlingllm.stats.Views;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A table whose cells are shaded by their number, all text. The whole range of shades stands for a
 * fifth of the greatest number at least, so that what differs by noise alone does not look as if it
 * differed.
 *
 * @param title what the numbers are
 * @param unit of the numbers
 * @param corner what rows and columns are
 * @param columns heads
 * @param rows with their heads
 * @param scale numbers of the scale with their shades, the least first
 */
record HeatMap(
    String title,
    String unit,
    String corner,
    List<String> columns,
    List<Row> rows,
    List<Field> scale) {

  /** One row. */
  record Row(String head, List<Field> fields) {}

  /**
   * One cell.
   *
   * @param text its number; a dash if there is none
   * @param count how many calls are behind it; empty if there were none
   * @param shade from 0 to 0.55, the greater the number
   */
  record Field(String text, String count, String shade) {}

  private static final double DARKEST = 0.55;
  private static final double LEAST_RANGE = 0.2;
  private static final int STEPS = 4;
  private static final int NARROW = 5;

  /** A number of a cell and how many calls are behind it. */
  private record Value(int row, int column, OptionalDouble number, long calls) {}

  static List<HeatMap> of(Views views) {
    List<HeatMap> maps = new ArrayList<>();
    views.grid().ifPresent(grid -> maps.addAll(ofTokens(grid)));
    if (!views.places().isEmpty()) {
      maps.addAll(ofPlaces(views.places()));
    }
    return maps;
  }

  private static List<HeatMap> ofTokens(TokenGrid grid) {
    List<HeatMap> maps = new ArrayList<>();
    String corner = "input ↓ output →";
    for (Kind kind :
        List.of(
            new Kind("Time to first token, median", "ms", c -> median(c.ttft()), c -> c.ttft().n()),
            new Kind("Time to last token, median", "ms", c -> median(c.ttlt()), c -> c.ttlt().n()),
            new Kind(
                "Decode rate, median",
                "tok/s",
                c -> median(c.tokensPerSecond()),
                c -> c.tokensPerSecond().n()),
            new Kind("Failed calls", "%", c -> Percent.of(c.failed(), c.ended()), Cell::ended))) {
      List<Value> values =
          grid.cells().stream()
              .map(
                  cell ->
                      new Value(
                          cell.input(),
                          cell.output(),
                          kind.number.apply(cell),
                          kind.calls.applyAsLong(cell)))
              .toList();
      maps.add(
          of(kind.title + " by tokens", kind.unit, corner, grid.inputs(), grid.outputs(), values));
    }
    return maps;
  }

  /** What is drawn of a cell. */
  private record Kind(
      String title,
      String unit,
      Function<Cell, OptionalDouble> number,
      ToLongFunction<Cell> calls) {}

  private static OptionalDouble median(Distribution values) {
    return values.median();
  }

  private static List<HeatMap> ofPlaces(List<GroupStatistics> places) {
    List<String> models = places.stream().map(p -> p.grouping().model()).distinct().toList();
    List<String> regions = places.stream().map(p -> p.grouping().region()).distinct().toList();
    List<HeatMap> maps = new ArrayList<>();
    for (Measure measure : List.of(Measure.TTFT, Measure.E2E, Measure.TOKENS_PER_SECOND)) {
      List<Value> values =
          places.stream()
              .map(
                  place ->
                      new Value(
                          models.indexOf(place.grouping().model()),
                          regions.indexOf(place.grouping().region()),
                          place.of(measure).median(),
                          place.of(measure).n()))
              .toList();
      maps.add(
          of(
              measure.label() + ", median by model and region",
              measure.unit(),
              "model ↓ region →",
              models,
              regions.stream().map(region -> region.isEmpty() ? Figures.DASH : region).toList(),
              values));
    }
    return maps;
  }

  private static HeatMap of(
      String title,
      String unit,
      String corner,
      List<String> rows,
      List<String> columns,
      List<Value> values) {
    double most = values.stream().flatMapToDouble(v -> v.number().stream()).max().orElse(0);
    double least = values.stream().flatMapToDouble(v -> v.number().stream()).min().orElse(0);
    List<Row> shown = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Field> fields = new ArrayList<>();
      for (int column = 0; column < columns.size(); column++) {
        fields.add(field(find(values, row, column), least, most));
      }
      shown.add(new Row(rows.get(row), fields));
    }
    return new HeatMap(title, unit, corner, columns, shown, scale(least, most));
  }

  private static List<Field> scale(double least, double most) {
    List<Field> scale = new ArrayList<>();
    double range = Math.max(most - least, LEAST_RANGE * most);
    for (int i = 0; i <= (range > 0 ? STEPS : 0); i++) {
      double share = (double) i / STEPS;
      scale.add(
          new Field(
              Figures.number(OptionalDouble.of(least + share * range)),
              "",
              Figures.plain(DARKEST * share)));
    }
    return scale;
  }

  /** Whether it needs the whole width of the page. */
  public boolean isWide() {
    return columns.size() > NARROW;
  }

  private static Optional<Value> find(List<Value> values, int row, int column) {
    return values.stream().filter(v -> v.row() == row && v.column() == column).findFirst();
  }

  private static Field field(Optional<Value> value, double least, double most) {
    if (value.isEmpty()) {
      return new Field(Figures.DASH, "", "0");
    }
    OptionalDouble number = value.get().number();
    double share =
        number.isPresent() && most > least
            ? (number.getAsDouble() - least) / Math.max(most - least, LEAST_RANGE * most)
            : 0;
    return new Field(
        Figures.number(number),
        "n = " + Figures.count(value.get().calls()),
        Figures.plain(DARKEST * share));
  }
}
