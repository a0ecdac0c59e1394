package dev.gatlingllm.report;

import dev.gatlingllm.stats.Cohort;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PerToken;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The calls of a model, region and profile on the page, all text. Of fewer calls than succeeded, a
 * number says of how many.
 *
 * @param failures how many calls failed in which way
 */
record FacetRow(
    String name,
    String ended,
    String failedPercent,
    String failures,
    String succeeded,
    String inputTokens,
    String outputTokens,
    String bestE2e,
    String medianE2e,
    String worstE2e,
    String bestPerToken,
    String worstPerToken) {

  static List<FacetRow> of(List<Cohort> facets) {
    List<String> names = FacetNames.of(facets);
    List<FacetRow> rows = new ArrayList<>();
    for (int i = 0; i < facets.size(); i++) {
      rows.add(of(names.get(i), facets.get(i)));
    }
    return rows;
  }

  private static FacetRow of(String name, Cohort facet) {
    long succeeded = facet.counts().succeeded();
    Distribution e2e = facet.of(Measure.E2E);
    Distribution input = facet.of(Measure.INPUT_TOKENS);
    Distribution output = facet.of(Measure.OUTPUT_TOKENS);
    PerToken perToken = facet.perToken();
    return new FacetRow(
        name,
        Figures.count(facet.counts().ended()),
        Figures.percent(facet.counts().errorPercent()),
        failures(facet),
        Figures.count(succeeded),
        number(input.median(), input.n(), succeeded),
        number(output.median(), output.n(), succeeded),
        number(e2e.min(), e2e.n(), succeeded),
        number(e2e.median(), e2e.n(), succeeded),
        number(e2e.max(), e2e.n(), succeeded),
        number(perToken.bestMillis(), perToken.n(), succeeded),
        number(perToken.worstMillis(), perToken.n(), succeeded));
  }

  private static String failures(Cohort facet) {
    return facet.counts().failures().entrySet().stream()
        .map(kind -> Figures.count(kind.getValue()) + " " + kind.getKey().code())
        .collect(Collectors.joining(", "));
  }

  private static String number(OptionalDouble value, long n, long succeeded) {
    return Figures.number(value)
        + (n == succeeded || n == 0 ? "" : " (n = " + Figures.count(n) + ")");
  }
}
