package dev.gatlingllm.report.compare;

import dev.gatlingllm.health.Trust;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.Completeness;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.text.Figures;
import java.util.List;

/**
 * One of the runs that are compared, all text.
 *
 * @param letter that stands for it
 * @param name of its folder
 * @param description that its user gave it; may be empty
 * @param simulation that it ran
 * @param start of the run; empty if it is unknown
 * @param calls that it started
 * @param verdict on the client
 * @param complete whether its records are all there should be; {@code complete} or why not
 */
record RunRow(
    String letter,
    String name,
    String description,
    String simulation,
    String start,
    String calls,
    String verdict,
    String complete) {

  static RunRow of(String letter, String name, RunReport run) {
    return new RunRow(
        letter,
        name,
        run.info().map(RunInfo::description).orElse(""),
        run.title(),
        run.info().map(RunInfo::start).map(Figures::instant).orElse(""),
        Figures.count(run.statistics().overall().counts().started()),
        run.client().verdict().level().code(),
        run.completeness().code());
  }

  /** What is the matter with it, in a few words; empty if its numbers are to be believed. */
  String doubt() {
    String client = Trust.TRUSTED.code().equals(verdict) ? "" : verdict;
    String records = Completeness.COMPLETE.code().equals(complete) ? "" : complete;
    return client + (client.isEmpty() || records.isEmpty() ? "" : ", ") + records;
  }

  /** In a line after the letter and the name: what is known of it. */
  String facts() {
    return String.join(
        ", ",
        List.of(description, simulation, start, calls + " calls", verdict).stream()
            .filter(fact -> !fact.isEmpty())
            .toList());
  }
}
