package dev.gatlingllm.report;

import dev.gatlingllm.stats.NotableCall;
import dev.gatlingllm.stats.NotableCalls;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The best and the worst calls. */
final class NotableTable {

  private NotableTable() {}

  static Table of(NotableCalls calls) {
    List<List<Cell>> rows = new ArrayList<>();
    add(rows, "Fastest", calls.fastest());
    add(rows, "Slowest", calls.slowest());
    add(rows, "Fastest per output token", calls.fastestPerToken());
    add(rows, "Slowest per output token", calls.slowestPerToken());
    return Columns.of(Kind.TEXT, "Succeeded call")
        .numbers("e2e, ms", "e2e per output token, ms", "TTFT, ms", "input, tok", "output, tok")
        .numbers("started after")
        .and(Kind.TEXT, "region")
        .and(Kind.IDS, "request id")
        .with(rows);
  }

  private static void add(List<List<Cell>> rows, String title, Optional<NotableCall> found) {
    found.ifPresent(
        call ->
            rows.add(
                Cell.row(
                    title,
                    Figures.number(call.e2eMillis()),
                    Figures.number(call.millisPerOutputToken()),
                    Figures.number(call.ttftMillis()),
                    Figures.count(call.inputTokens()),
                    Figures.count(call.outputTokens()),
                    Figures.duration(call.startSeconds()),
                    call.region(),
                    call.requestId())));
  }
}
