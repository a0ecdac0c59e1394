package dev.gatlingllm.report.server;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the numbers of exports. Where semicolons stand between the columns, a comma may stand
 * before the decimals, as in the exports of half of Europe.
 *
 * @param commas what a comma in a number is
 */
record MetricNumber(Commas commas) {

  /** What a comma in a number is. */
  enum Commas {
    /** It stands between thousands. */
    THOUSANDS,
    /** It stands before the decimals, and points between thousands. */
    DECIMAL,
    /** It may be either: no number with one is read. */
    UNKNOWN
  }

  private static final Set<String> ABSENT =
      Set.of("", "-", "--", "null", "nan", "none", "n/a", "undefined");
  private static final String EXPONENT = "([eE][-+]?\\d{1,3})?";
  private static final Pattern PLAIN = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)" + EXPONENT);
  private static final Pattern THOUSANDS =
      Pattern.compile("[-+]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+|[1-9]\\d{0,2}(\\.\\d{3})+)(,\\d+)?" + EXPONENT);

  /** No thousands: 0,125 and 12,5 and 1.200,5. */
  private static final Pattern SURELY_DECIMAL =
      Pattern.compile("[-+]?(0,\\d+|\\d+,(\\d{1,2}|\\d{4,})|[1-9]\\d{0,2}(\\.\\d{3})+,\\d+)");

  private static final Pattern SURELY_THOUSANDS =
      Pattern.compile("[-+]?[1-9]\\d{0,2}((,\\d{3}){2,}|,\\d{3}\\.\\d+)");

  /** Whether a cell holds no number. */
  static boolean isAbsent(String value) {
    return ABSENT.contains(value.toLowerCase(Locale.ROOT));
  }

  /** Whether a comma in this cell stands before decimals, whatever the others are. */
  static boolean isSurelyDecimal(String value) {
    return SURELY_DECIMAL.matcher(value).matches();
  }

  /** Whether the commas in this cell stand between thousands, whatever the others are. */
  static boolean isSurelyThousands(String value) {
    return SURELY_THOUSANDS.matcher(value).matches();
  }

  /**
   * The number of a cell.
   *
   * @throws MetricsFileException if it is none
   */
  double read(String place, String column, String value) {
    double number = Double.NaN;
    if (commas == Commas.DECIMAL) {
      if (DECIMAL.matcher(value).matches()) {
        number = Double.parseDouble(value.replace(".", "").replace(',', '.'));
      }
    } else if (PLAIN.matcher(value).matches()) {
      number = Double.parseDouble(value);
    } else if (commas == Commas.THOUSANDS && THOUSANDS.matcher(value).matches()) {
      number = Double.parseDouble(value.replace(",", ""));
    }
    if (Double.isFinite(number)) {
      return number;
    }
    throw MetricsFileException.of(place, column, accepted(), value);
  }

  private String accepted() {
    return switch (commas) {
      case THOUSANDS -> "a number";
      case DECIMAL -> "a number with a decimal comma, as others in this file";
      case UNKNOWN -> "a number whose comma can mean one thing only: write 1200 or 1.2";
    };
  }
}
