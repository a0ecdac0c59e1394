package dev.gatlingllm.provider.transport;

import io.netty.handler.codec.DateFormatter;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
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
    Date then = DateFormatter.parseHttpDate(date);
    return then == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, Duration.between(now, then.toInstant()).toMillis()));
  }
}
