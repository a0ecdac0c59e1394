package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.stats.TimedCalls;
import dev.gatlingllm.stats.TimedCalls.TimedCall;
import dev.gatlingllm.text.Figures;
import java.util.List;

/** The timeline of calls in the page's data: one array per call. */
final class TimelineJson {

  private TimelineJson() {}

  /** Instants but the arrival are milliseconds since it. */
  static void write(TimedCalls calls, ObjectNode node) {
    node.put("total", calls.total());
    node.put("every", calls.every());
    node.put("slowest", calls.slowest());
    List<String> outcomes =
        calls.calls().stream().map(call -> call.outcome().code()).distinct().toList();
    outcomes.forEach(node.putArray("outcomes")::add);
    ArrayNode rows = node.putArray("rows");
    for (TimedCall call : calls.calls()) {
      ArrayNode row = rows.addArray();
      row.add(call.key()).add(call.id()).add(Figures.rounded(call.arrivalSeconds()));
      JsonNumbers.add(row, call.startMillis());
      JsonNumbers.add(row, call.firstMillis());
      JsonNumbers.add(row, call.lastMillis());
      row.add(Figures.rounded(call.endMillis())).add(outcomes.indexOf(call.outcome().code()));
    }
  }
}
