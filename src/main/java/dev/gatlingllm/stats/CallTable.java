package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The started calls of one key, as columns of primitives: about 150 bytes for a call with every
 * measure. Instants are nanoseconds since the start of the (first) run, exact as a double up to a
 * hundred days. Confined to one thread.
 */
final class CallTable {

  private final Map<Measure, Column> measures = new EnumMap<>(Measure.class);
  private final Column starts = new Column();
  private final Column ends = new Column();
  private final List<Outcome> outcomes = new ArrayList<>();
  private int size;

  CallTable() {
    for (Measure measure : Measure.values()) {
      measures.put(measure, new Column());
    }
  }

  void add(CallRecord call, long shiftNanos) {
    long start = call.times().start().orElse(call.times().arrival());
    starts.set(size, (double) (start + shiftNanos));
    ends.set(size, (double) (call.times().end() + shiftNanos));
    outcomes.add(call.outcome());
    for (Map.Entry<Measure, Column> entry : measures.entrySet()) {
      OptionalDouble value = entry.getKey().of(call);
      if (value.isPresent()) {
        entry.getValue().set(size, value.getAsDouble());
      }
    }
    size++;
  }

  int size() {
    return size;
  }

  double startNanos(int row) {
    return starts.get(row);
  }

  double endNanos(int row) {
    return ends.get(row);
  }

  Outcome outcome(int row) {
    return outcomes.get(row);
  }

  Column column(Measure measure) {
    return measures.get(measure);
  }

  /** The values of one measure in several tables, those that were measured. */
  static double[] values(List<CallTable> tables, Measure measure) {
    int present = 0;
    for (CallTable table : tables) {
      present += table.column(measure).present();
    }
    double[] values = new double[present];
    int next = 0;
    for (CallTable table : tables) {
      next = table.column(measure).copyTo(values, next);
    }
    return values;
  }
}
