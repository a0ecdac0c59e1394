package dev.gatlingllm.report;

import dev.gatlingllm.stats.NotableCall;
import dev.gatlingllm.stats.NotableCalls;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One of the best or worst calls on the page, all text. */
record NotableRow(
    String title,
    String e2eMillis,
    String millisPerToken,
    String ttftMillis,
    String inputTokens,
    String outputTokens,
    String start,
    String region,
    String requestId) {

  static List<NotableRow> of(NotableCalls calls) {
    List<NotableRow> rows = new ArrayList<>();
    add(rows, "Fastest", calls.fastest());
    add(rows, "Slowest", calls.slowest());
    add(rows, "Fastest per output token", calls.fastestPerToken());
    add(rows, "Slowest per output token", calls.slowestPerToken());
    return rows;
  }

  private static void add(List<NotableRow> rows, String title, Optional<NotableCall> found) {
    found.ifPresent(
        call ->
            rows.add(
                new NotableRow(
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
