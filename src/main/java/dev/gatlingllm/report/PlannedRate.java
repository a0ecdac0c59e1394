package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.LoadPlan;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.Optional;

/** The rate over time that a run was to have: of one run whose load is one profile. */
record PlannedRate(LoadPlan plan) {

  static Optional<PlannedRate> of(RunReport report) {
    List<LoadPlan> plans = report.info().flatMap(RunInfo::plans).orElse(List.of());
    return plans.size() == 1 && report.runs().size() == 1
        ? Optional.of(new PlannedRate(plans.get(0)))
        : Optional.empty();
  }

  /** Its phases in words. */
  String inWords() {
    return LoadPlan.inWords(plan.phases());
  }

  /** The line that is asked for, in seconds of the run and arrivals per minute. */
  void write(ObjectNode series) {
    ArrayNode asked = series.putArray("asked");
    for (LoadPlan.Rate rate : plan.rates()) {
      asked
          .addArray()
          .add(Figures.rounded((plan.beginNanos() + rate.nanos()) / 1e9))
          .add(Figures.rounded(rate.rpm()));
    }
  }
}
