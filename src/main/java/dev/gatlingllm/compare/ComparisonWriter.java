package dev.gatlingllm.compare;

import dev.gatlingllm.decision.Gate;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** One format of a comparison. Implementations are stateless. */
interface ComparisonWriter {

  /** The name of the file. */
  String fileName();

  /** Writes it; neither flushes nor closes the writer. */
  void write(ComparedRuns runs, List<Gate.Result> gates, Writer out) throws IOException;

  /** Every key of the two runs, all calls together first unless there is one key alone. */
  static List<ComparisonTable> tables(ComparedRuns runs) {
    List<ComparisonTable> keys =
        runs.comparison().byKey().stream().map(ComparisonTable::of).toList();
    if (keys.size() == 1) {
      return keys;
    }
    List<ComparisonTable> all = new ArrayList<>();
    all.add(ComparisonTable.of(runs.comparison().overall()));
    all.addAll(keys);
    return all;
  }

  /** What must not be overlooked. */
  static List<String> cautions(ComparedRuns runs) {
    List<String> cautions = new ArrayList<>();
    runs.distrust().forEach(reason -> cautions.add("Not to be trusted: " + reason));
    runs.settings().forEach(setting -> cautions.add("Different setting: " + setting.text()));
    return cautions;
  }
}
