package dev.gatlingllm.report;

import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** What a run cost, in a line of ASCII. */
final class CostText {

  private CostText() {}

  static String line(Cost cost) {
    List<String> parts = new ArrayList<>();
    parts.add(Figures.amount(cost.total()) + " " + cost.currency());
    if (cost.ofTime().signum() > 0) {
      parts.add(
          Figures.amount(cost.ofTime())
              + " of it by the hour, "
              + Figures.amount(cost.total().subtract(cost.ofTime()))
              + " by calls");
    }
    cost.perCall().ifPresent(amount -> parts.add(Figures.amount(amount) + " per succeeded call"));
    cost.perThousandCalls()
        .ifPresent(amount -> parts.add(Figures.amount(amount) + " per 1,000 of them"));
    cost.perMillionOutputTokens()
        .ifPresent(amount -> parts.add(Figures.amount(amount) + " per million output tokens"));
    if (cost.leastOfCall().isPresent() && cost.mostOfCall().isPresent()) {
      parts.add(
          "one call from "
              + Figures.amount(cost.leastOfCall().get())
              + " to "
              + Figures.amount(cost.mostOfCall().get()));
    }
    long spilled = cost.spilled().stream().mapToLong(Cost.Line::calls).sum();
    note(
        parts,
        spilled,
        "calls that another deployment took over cost "
            + Figures.amount(cost.ofSpilled())
            + " more, in no other amount here");
    note(parts, cost.withoutPrice(), "calls of models without a price are in no amount");
    note(
        parts, cost.withoutTokens(), "succeeded calls did not tell their tokens: at least so much");
    note(parts, cost.estimated(), "calls with tokens counted by a tokenizer: about so much");
    return String.join("; ", parts);
  }

  private static void note(List<String> parts, long calls, String text) {
    if (calls > 0) {
      parts.add(Figures.count(calls) + " " + text);
    }
  }
}
