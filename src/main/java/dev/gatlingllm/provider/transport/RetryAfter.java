package dev.gatlingllm.provider.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a {@code Retry-After} header: seconds, or one of the three forms of a date that RFC
 * 9110 (5.6.7) asks every reader to take; beyond that seconds with a fraction, and a duration with
 * units, as {@code x-ratelimit-reset-requests} has it ({@code 6m0s}, {@code 20ms}).
 */
final class RetryAfter {

  private static final double MILLIS_PER_SECOND = 1_000.0;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d+)?");
  private static final Pattern DURATION =
      Pattern.compile(
          "(?=\\d)(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9}(?:\\.\\d+)?)s)?"
              + "(?:(\\d{1,12}(?:\\.\\d+)?)ms)?");

  private static final double[] MILLIS_OF_UNITS = {3_600_000, 60_000, 1_000, 1};

  /** A year of two digits is at most this many years ahead. */
  private static final int YEARS_AHEAD = 50;

  private RetryAfter() {}

  /**
   * How long to wait.
   *
   * @param value of the header
   * @param now what a date is counted from
   * @return milliseconds, rounded up; absent if the value has none of the forms
   */
  static OptionalLong millis(String value, Instant now) {
    if (SECONDS.matcher(value).matches()) {
      return ceil(Double.parseDouble(value) * MILLIS_PER_SECOND);
    }
    Matcher duration = DURATION.matcher(value);
    return duration.matches() ? ceil(millis(duration)) : millisUntil(value, now);
  }

  private static double millis(Matcher duration) {
    double millis = 0;
    for (int unit = 0; unit < MILLIS_OF_UNITS.length; unit++) {
      String number = duration.group(unit + 1);
      millis += number == null ? 0 : Double.parseDouble(number) * MILLIS_OF_UNITS[unit];
    }
    return millis;
  }

  private static OptionalLong ceil(double millis) {
    return OptionalLong.of((long) Math.ceil(millis));
  }

  private static OptionalLong millisUntil(String date, Instant now) {
    for (DateTimeFormatter form : forms(now)) {
      try {
        Instant then = LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC);
        return OptionalLong.of(Math.max(0, Duration.between(now, then).toMillis()));
      } catch (DateTimeParseException ignored) {
        // Another form, or none: then the header says nothing.
      }
    }
    return OptionalLong.empty();
  }

  private static List<DateTimeFormatter> forms(Instant now) {
    int firstYear = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD - 99;
    return List.of(
        form("EEE, d MMM yyyy HH:mm:ss 'GMT'"),
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.US),
        form("EEE MMM ppd HH:mm:ss yyyy"));
  }

  private static DateTimeFormatter form(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US);
  }
}
