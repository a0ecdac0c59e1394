package dev.gatlingllm.report.server;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the times of exports: with an offset as they are, without one in a given zone.
 *
 * @param zone of times without an offset
 */
record MetricTime(ZoneId zone) {

  static final String ACCEPTED =
      "a time such as 2026-11-22T08:15:00Z, 2026-11-22 08:15 or 11/22/2026 8:15:00 AM";

  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          iso('T'),
          iso(' '),
          american("M/d/uuuu[,] h:mm[:ss][.SSS] a"),
          american("M/d/uuuu[,] H:mm[:ss][.SSS]"));
  private static final Pattern EPOCH = Pattern.compile("1\\d{9}(\\.\\d{1,9})?|1\\d{12}");

  private static DateTimeFormatter iso(char separator) {
    return new DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE)
        .appendLiteral(separator)
        .append(DateTimeFormatter.ISO_LOCAL_TIME)
        .optionalStart()
        .appendPattern("[XXX][XX][X]")
        .optionalEnd()
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static DateTimeFormatter american(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** The instant that a text means; empty if it is no time. Seconds and ms of Unix are times. */
  Optional<Instant> read(String text) {
    // Newer browsers write narrow spaces before AM and PM.
    String plain = text.replaceAll("[\\u00a0\\u202f]", " ").strip();
    if (EPOCH.matcher(plain).matches()) {
      return Optional.of(epoch(new BigDecimal(plain)));
    }
    for (DateTimeFormatter format : FORMATS) {
      try {
        return Optional.of(instant(format.parse(plain)));
      } catch (DateTimeException ignored) {
        // perhaps it is the next format
      }
    }
    return Optional.empty();
  }

  private static Instant epoch(BigDecimal number) {
    boolean millis = number.precision() - number.scale() > 10;
    long nanos = number.movePointRight(millis ? 6 : 9).longValueExact();
    return Instant.ofEpochSecond(0, nanos);
  }

  private Instant instant(TemporalAccessor time) {
    if (time.isSupported(ChronoField.OFFSET_SECONDS)) {
      return Instant.from(time);
    }
    LocalDateTime local = LocalDateTime.from(time);
    if (zone.getRules().getValidOffsets(local).isEmpty()) {
      // Java would take the hour behind the gap.
      throw new DateTimeException("left out when the clocks went forward");
    }
    return local.atZone(zone).toInstant();
  }
}
