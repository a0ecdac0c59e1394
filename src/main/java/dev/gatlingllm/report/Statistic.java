package dev.gatlingllm.report;

/** What a column of the statistics says of the calls, in words. */
enum Statistic {
  N("n", "How many values there are."),
  MEAN("mean", "The sum of the values divided by their number; a few extreme ones move it."),
  MEDIAN("median", "Half of the values are lower, half are higher: the typical call."),
  IQR("IQR", "From p25 to p75: how far apart the middle half of the values lies."),
  P90(
      "p90, p95, p99, p99.9",
      "So many percent of the values are not higher: one call in ten, twenty, a hundred or a"
          + " thousand is at least as bad."),
  P10(
      "p10, p5, p1",
      "So many percent of the values are not higher: of a rate, which one call in ten, twenty or a"
          + " hundred does not exceed."),
  SD(
      "sd",
      "Standard deviation: how far the values are from their mean, squared, averaged, rooted."),
  CV("CV", "sd divided by the mean: the spread of measures of different size can be compared."),
  EXTREMES("min, max", "The least and the greatest value."),
  R("r", "Correlation: 1 or −1 if the values lie on a rising or falling line, 0 if on none.");

  private final String label;
  private final String text;

  Statistic(String label, String text) {
    this.label = label;
    this.text = text;
  }

  /** The head of the column. */
  public String label() {
    return label;
  }

  /** In a sentence. */
  public String text() {
    return text;
  }
}
