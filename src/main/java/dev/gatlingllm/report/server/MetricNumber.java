package dev.gatlingllm.report.server;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the numbers of exports. */
final class MetricNumber {

  private static final Set<String> ABSENT =
      Set.of("", "-", "--", "null", "nan", "none", "n/a", "undefined");
  private static final Pattern THOUSANDS = Pattern.compile("[-+]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");

  private MetricNumber() {}

  /** Whether a cell holds no number. */
  static boolean isAbsent(String value) {
    return ABSENT.contains(value.toLowerCase(Locale.ROOT));
  }

  /**
   * The number of a cell; commas may stand between its thousands.
   *
   * @throws MetricsFileException if it is none
   */
  static double read(String place, String column, String value) {
    boolean grouped = THOUSANDS.matcher(value).matches();
    try {
      double number = Double.parseDouble(grouped ? value.replace(",", "") : value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // refused below
    }
    throw MetricsFileException.of(place, column, "a number", value);
  }
}
