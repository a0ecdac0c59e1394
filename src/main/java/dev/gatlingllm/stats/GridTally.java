package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.TokenGrid.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lays calls over a {@link TokenGrid} while they come. As long as there are few sizes each is a row
 * or column of its own; once there are more, as in a trace, those between two powers of two share
 * one. So its memory is bounded. Confined to one thread.
 */
final class GridTally {

  private static final int MOST_SIZES = 12;

  private final Map<Long, Map<Long, CellTally>> cells = new TreeMap<>();
  private final TreeSet<Long> outputs = new TreeSet<>();
  private boolean ranges;

  void add(CallRecord call) {
    OptionalLong input = Dimension.INPUT_TOKENS.sizeOf(call);
    OptionalLong output = Dimension.OUTPUT_TOKENS.sizeOf(call);
    if (input.isPresent() && output.isPresent() && call.outcome().started()) {
      cell(input.getAsLong(), output.getAsLong()).add(call);
      if (!ranges && (cells.size() > MOST_SIZES || outputs.size() > MOST_SIZES)) {
        widen();
      }
    }
  }

  private CellTally cell(long input, long output) {
    long column = ranges ? end(output) : output;
    outputs.add(column);
    return cells
        .computeIfAbsent(ranges ? end(input) : input, any -> new TreeMap<>())
        .computeIfAbsent(column, any -> new CellTally());
  }

  private void widen() {
    ranges = true;
    Map<Long, Map<Long, CellTally>> narrow = new TreeMap<>(cells);
    cells.clear();
    outputs.clear();
    narrow.forEach((input, row) -> row.forEach((output, cell) -> cell(input, output).addAll(cell)));
  }

  /** The last size of the range that holds this one: 257 to 512 is 512. */
  private static long end(long size) {
    long below = Long.highestOneBit(size);
    return below == size ? size : 2 * below;
  }

  private String label(long size) {
    return ranges && size > 2 ? size / 2 + 1 + "–" + size : Long.toString(size);
  }

  /** Absent unless calls fell into two cells. */
  Optional<TokenGrid> result(PercentileRule rule) {
    List<Long> columns = List.copyOf(outputs);
    List<Cell> told = new ArrayList<>();
    int row = 0;
    for (Map<Long, CellTally> cellsOfRow : cells.values()) {
      int index = row++;
      cellsOfRow.forEach(
          (output, cell) -> told.add(cell.result(index, columns.indexOf(output), rule)));
    }
    return told.size() < 2
        ? Optional.empty()
        : Optional.of(
            new TokenGrid(
                cells.keySet().stream().map(this::label).toList(),
                columns.stream().map(this::label).toList(),
                told));
  }

  /** One cell while it fills. */
  private static final class CellTally {
    private final Sample ttft = Sample.unordered(Precision.OF_A_SLICE);
    private final Sample ttlt = Sample.unordered(Precision.OF_A_SLICE);
    private final Sample tokensPerSecond = Sample.unordered(Precision.OF_A_SLICE);
    private long ended;
    private long failed;

    CellTally() {
      ttft.condense();
      ttlt.condense();
      tokensPerSecond.condense();
    }

    void add(CallRecord call) {
      boolean toStay = !call.cancel().cancels();
      ended += toStay && call.outcome() != Outcome.UNFINISHED ? 1 : 0;
      failed += toStay && call.outcome().failed() ? 1 : 0;
      add(ttft, Measure.TTFT.of(call));
      add(ttlt, Measure.TTLT.of(call));
      add(tokensPerSecond, Measure.TOKENS_PER_SECOND.of(call));
    }

    private static void add(Sample sample, OptionalDouble value) {
      if (value.isPresent()) {
        sample.add(value.getAsDouble());
      }
    }

    void addAll(CellTally other) {
      ttft.addAll(other.ttft);
      ttlt.addAll(other.ttlt);
      tokensPerSecond.addAll(other.tokensPerSecond);
      ended += other.ended;
      failed += other.failed;
    }

    Cell result(int input, int output, PercentileRule rule) {
      return new Cell(
          input,
          output,
          ended,
          failed,
          Distribution.of(Measure.TTFT.unit(), ttft.values(), rule),
          Distribution.of(Measure.TTLT.unit(), ttlt.values(), rule),
          Distribution.of(Measure.TOKENS_PER_SECOND.unit(), tokensPerSecond.values(), rule));
    }
  }
}
