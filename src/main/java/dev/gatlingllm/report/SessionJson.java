package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.stats.SessionMeasure;
import dev.gatlingllm.stats.SessionStatistics;

/**
 * {@code sessions} of {@code summary.json}: {@code whole}, {@code brokenOff}, {@code cutOff},
 * {@code turnsNotSent}, and {@code measures} of whole sessions, by {@link SessionMeasure#field()},
 * as those of calls.
 */
final class SessionJson {

  private SessionJson() {}

  static void write(SessionStatistics sessions, ObjectNode node) {
    node.put("whole", sessions.whole());
    node.put("brokenOff", sessions.brokenOff());
    node.put("cutOff", sessions.cutOff());
    node.put("turnsNotSent", sessions.turnsNotSent());
    ObjectNode measures = node.putObject("measures");
    for (SessionMeasure measure : SessionMeasure.values()) {
      StatisticsJson.distribution(sessions.of(measure), measures.putObject(measure.field()));
    }
  }
}
