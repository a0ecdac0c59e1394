package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.text.Figures;

/**
 * {@code merge} in {@code summary.json}: {@code differences} with {@code key} and {@code values} by
 * run; {@code overlap} of the loads: {@code together}, {@code apart}, {@code in part} or {@code
 * unknown}; {@code oneClock}: whether all ran on one machine; {@code rateErrorPercentPerSecond}:
 * how far rates are off for each second between clocks, only where they depend on them; {@code
 * shares} and {@code missingShares} of one load that the runs are; {@code clockBoundMillis}: by how
 * much times of two runs may be apart where all machines asked one clock.
 */
final class MergeJson {

  private MergeJson() {}

  static void write(MergedRuns runs, ObjectNode node) {
    node.put("overlap", runs.overlap().code());
    node.put("oneClock", runs.oneClock());
    JsonNumbers.put(node, "rateErrorPercentPerSecond", runs.rateErrorPercent());
    SharedRuns shared = runs.shared();
    shared
        .shares()
        .ifPresent(
            of -> {
              node.put("shares", of);
              shared.missing().forEach(node.putArray("missingShares")::add);
            });
    if (shared.haveOneClock()) {
      node.put("clockBoundMillis", Figures.rounded(1e3 * shared.boundSeconds()));
    }
    for (MergeDifference difference : runs.differences()) {
      ObjectNode one = node.withArray("differences").addObject().put("key", difference.key());
      difference.values().forEach(one.putObject("values")::put);
    }
  }
}
